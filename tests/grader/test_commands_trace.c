/* Tests of `barista trace`, and of draw_trace.c, traced.c below it. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "draw_trace.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"
#include "trace_sample.h"

#define WAITS "tests/submissions/01-waiting-overlaps/"

/* ---- Drawings -------------------------------------------------------------------------------- */

static char *drawing(const struct trace *trace, int columns, bool coloured)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    draw_trace(trace, columns, coloured, out);
    fclose(out);
    return text;
}

START_TEST(a_run_is_drawn_as_the_course_draws_it)
{
    struct trace trace = trace_sample("nap");
    char *text = drawing(&trace, 61, false);
    ck_assert_str_eq(text, "  proc 0   ###                                #####\n"
                           "  proc 1        ##count 3###########     ##count 3###########\n"
                           "           +---------+---------+---------+---------+---------\n"
                           "           0 us      20        40        60        80\n"
                           "  main     ##--wait group done-------------------------------\n"
                           "  nap 2    ::#..sleep....................:::::#####\n"
                           "  count 3   ::::####################:::::####################\n"
                           "\n"
                           "  #  runs\n"
                           "  :  could run, but no proc is free\n"
                           "  .  waits for a timer or I/O\n"
                           "  -  is blocked by other tasks\n"
                           "\n"
                           "  All tasks together waited longest for:\n"
                           "     97.0 us  wait group `done`, m.c:9\n"
                           "     55.0 us  sleep, m.c:3\n"
                           "\n"
                           "  The time of all procs went to:\n"
                           "     94.0 us  47.0%  computes\n"
                           "     1.00 us   0.5%  switches, spawns, wakes up\n"
                           "     5.00 us   2.5%  has no CPU, or is blocked in the system\n"
                           "     60.0 us  30.0%  idle: tasks sleep or wait for I/O\n"
                           "     40.0 us  20.0%  idle: too little to do at once\n");
    free(text);
    trace_release(&trace);
}
END_TEST

START_TEST(no_line_is_wider_than_asked_for)
{
    struct trace trace = trace_sample("a-task-with-quite-a-long-name");
    for (int columns = 44; columns <= 300; columns += 32) {
        char *text = drawing(&trace, columns, false);
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            ck_assert_msg((int)strlen(line) <= columns, "%d: %s", columns, line);
        free(text);
    }
    trace_release(&trace);
}
END_TEST

START_TEST(a_name_that_is_cut_keeps_its_number)
{
    struct trace trace = trace_sample("transform_something");
    char *text = drawing(&trace, 80, false);
    ck_assert_has(text, "\n  transform_some 2  ");
    ck_assert_has(text, "\n  count 3           ");
    free(text);
    trace.tasks[1].id = 1234;
    text = drawing(&trace, 80, false);
    ck_assert_has(text, "\n  transform_s 1234  ");
    free(text);
    trace_release(&trace);
}
END_TEST

START_TEST(colours_change_nothing_else)
{
    struct trace trace = trace_sample("nap");
    char *plain = drawing(&trace, 70, false), *coloured = drawing(&trace, 70, true), *to = coloured;
    ck_assert_ptr_null(strchr(plain, '\033'));
    ck_assert_ptr_nonnull(strchr(coloured, '\033'));
    for (char *from = coloured; *from; from++) {
        if (*from == '\033')
            from = strchr(from, 'm');
        else
            *to++ = *from;
    }
    *to = '\0';
    ck_assert_str_eq(coloured, plain);
    free(plain);
    free(coloured);
    trace_release(&trace);
}
END_TEST

/* ---- The command ----------------------------------------------------------------------------- */

START_TEST(a_simulated_run_looks_the_same_everywhere)
{
    struct outcome outcome =
        barista_with("COLUMNS=60", "trace 1 --submission " WAITS "solution.c --procs 2");
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_str_eq(outcome.out,
                     "\n"
                     "01-waiting-overlaps\n"
                     "tests/submissions/01-waiting-overlaps/solution.c with sites=3, wait_ms=100\n"
                     "In virtual time on 2 procs: 100.1 ms\n"
                     "\n"
                     "  proc 0   |                                               |\n"
                     "  proc 1                                                   |\n"
                     "           +--------+---------+---------+---------+--------+\n"
                     "           0 ms     20        40        60        80\n"
                     "  main     |--wait group done------------------------------|\n"
                     "  fetch 2  |..sleep........................................|\n"
                     "  fetch 3  |..sleep........................................|\n"
                     "  fetch 4  |..sleep........................................|\n"
                     "\n"
                     "  |  runs for a moment\n"
                     "  .  waits for a timer or I/O\n"
                     "  -  is blocked by other tasks\n"
                     "\n"
                     "  All tasks together waited longest for:\n"
                     "      300 ms  sleep, harness.c:25, 3 times\n"
                     "      100 ms  wait group `done`, solution.c:27\n"
                     "\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_real_run_is_drawn_too)
{
    check_command("trace 1 --real --procs 1 --submission " WAITS "solution.c", 0,
                  "A real run on 1 proc: ", "");
    check_command("trace 1 --real --procs 1 --submission " WAITS "solution.c", 0, "..sleep...", "");
    check_command("trace 1 --real --procs 1 --submission " WAITS "solution.c", 0,
                  "idle: tasks sleep or wait for I/O", "");
}
END_TEST

START_TEST(the_page_has_the_timeline_the_curve_and_the_reason)
{
    check_command("trace 1 --submission " WAITS "solution.c --html run.html", 0,
                  "run.html shows all of it", "");
    char *text = file_read("run.html", NULL);
    ck_assert_ptr_nonnull(text);
    char *data = strstr(text, "id=\"data\">") + strlen("id=\"data\">");
    *strstr(data, "</script>") = '\0';
    json_t *json = json_loads(data, 0, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "tasks")), 4);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "curve")), 7);
    ck_assert_has(json_string_value(json_object_get(json, "why")), "On 8 procs");
    json_decref(json);
    free(text);
}
END_TEST

START_TEST(a_page_that_cannot_be_written_is_said)
{
    check_command("trace 1 --real --submission " WAITS "solution.c --html nowhere/run.html",
                  BARISTA_INFRA, "", "cannot write nowhere/run.html: No such file or directory");
}
END_TEST

START_TEST(a_run_that_ends_badly_is_told)
{
    check_command("trace 3 --submission tests/submissions/03-worker-pool/wrong-deadlock.c",
                  BARISTA_FAIL, "", "rt: deadlock");
}
END_TEST

START_TEST(a_lesson_without_costs_can_only_really_be_run)
{
    shell("sed -i '/^simulate/d' lessons/01-waiting-overlaps/lesson.yaml");
    check_command("trace 1", BARISTA_USAGE, "", "`simulate: {}` gives it the usual ones");
    check_command("trace 1 --real --submission " WAITS "solution.c", 0, "A real run", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista trace");
    TCase *drawings = tcase_create("drawings");
    tcase_add_test(drawings, a_run_is_drawn_as_the_course_draws_it);
    tcase_add_test(drawings, no_line_is_wider_than_asked_for);
    tcase_add_test(drawings, a_name_that_is_cut_keeps_its_number);
    tcase_add_test(drawings, colours_change_nothing_else);
    suite_add_tcase(suite, drawings);
    TCase *tests = course_case(suite, "command");
    tcase_add_test(tests, a_simulated_run_looks_the_same_everywhere);
    tcase_add_test(tests, a_real_run_is_drawn_too);
    tcase_add_test(tests, the_page_has_the_timeline_the_curve_and_the_reason);
    tcase_add_test(tests, a_page_that_cannot_be_written_is_said);
    tcase_add_test(tests, a_run_that_ends_badly_is_told);
    tcase_add_test(tests, a_lesson_without_costs_can_only_really_be_run);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
