/* Tests of grader/explain.c and explain_shape.c: the words for what was found. */
#include "explain.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

/* ---- Build ----------------------------------------------------------------------------------- */

static struct diagnostic diagnostics[] = {
    {.error = true,
     .file = "pool.c",
     .line = 7,
     .column = 5,
     .message = "implicit declaration of function 'rt_chan_snd'",
     .source = "    rt_chan_snd(c, &x);\n    ^~~~~~~~~~~",
     .advice = "did you mean rt_chan_send?"},
    {.error = false, .file = "pool.c", .line = 3, .column = 9, .message = "unused variable 'n'"},
    {.error = true, .file = "pool.c", .message = "no reference"},
    {.error = true, .message = "the linker failed"},
    {.error = true, .message = "fifth"},
    {.error = true, .message = "sixth"},
    {.error = true, .message = "seventh"},
};

START_TEST(a_build_error_shows_place_source_and_advice)
{
    struct build build = {.diagnostics = diagnostics, .diagnostics_count = 1};
    char *text = explain_build(&build);
    ck_assert_str_eq(text, "1 error\n"
                           "pool.c:7:5: error: implicit declaration of function 'rt_chan_snd'\n"
                           "        rt_chan_snd(c, &x);\n"
                           "        ^~~~~~~~~~~\n"
                           "did you mean rt_chan_send?");
    free(text);
}
END_TEST

START_TEST(many_errors_are_cut_and_the_first_matters)
{
    struct build build = {.diagnostics = diagnostics, .diagnostics_count = 7};
    char *text = explain_build(&build);
    ck_assert_has(text, "6 errors, 1 warning\n");
    ck_assert_has(text, "\npool.c:3:9: warning: unused variable 'n'\n");
    ck_assert_has(text, "\npool.c: error: no reference\nerror: the linker failed\n");
    ck_assert_has(text, "\n... and 1 more\nMend the first error first");
    ck_assert_has_not(text, "seventh");
    free(text);
}
END_TEST

START_TEST(a_clean_build_is_one_line)
{
    struct build build = {.ok = true, .seconds = 0.42};
    char *text = explain_build(&build);
    ck_assert_str_eq(text, "0.4 s");
    free(text);
}
END_TEST

START_TEST(warnings_of_a_build_that_worked_are_shown)
{
    struct build build = {
        .ok = true, .seconds = 0.42, .diagnostics = &diagnostics[1], .diagnostics_count = 1};
    char *text = explain_build(&build);
    ck_assert_str_eq(text, "0.4 s, 1 warning\npool.c:3:9: warning: unused variable 'n'");
    free(text);
}
END_TEST

/* ---- Runs ------------------------------------------------------------------------------------ */

static const struct explain_run_place at_two = {2, 17, true, "make run LESSON=03"};
static const struct explain_run_place at_one = {1, 17, false, "make run LESSON=03"};

START_TEST(a_replay_names_everything_the_run_depended_on)
{
    char *own = explain_replay(&sample_lesson, &sample_lesson.checks[1], NULL, 2, 17);
    char *other = explain_replay(&sample_lesson, &sample_lesson.checks[1], "their/pool.c", 1, 3);
    ck_assert_str_eq(own, "make run LESSON=03 PROCS=2 INPUT=\"seed=17 jobs=64 work=20\"");
    ck_assert_has(other, " PROCS=1 SUBMISSION=their/pool.c INPUT=\"seed=3 ");
    free(own);
    free(other);
}
END_TEST

START_TEST(a_command_is_as_a_shell_reads_it)
{
    static const struct {
        const char *submission, *command;
    } expected[] = {
        {NULL, "make why LESSON=03"},
        {"their/pool.c", "make why LESSON=03 SUBMISSION=their/pool.c"},
        {"all ours/pool.c", "make why LESSON=03 SUBMISSION='all ours/pool.c'"},
        {"ann's/$HOME.c", "make why LESSON=03 SUBMISSION='ann'\\''s/$$HOME.c'"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char *command = explain_command("why", &sample_lesson, &sample_lesson.checks[2],
                                        expected[i].submission);
        ck_assert_str_eq(command, expected[i].command);
        free(command);
    }
}
END_TEST

/* The second check of a kind is none that a command takes by itself. */
START_TEST(a_command_names_the_check_where_it_must)
{
    struct check checks[] = {{.id = "small", .kind = CHECK_SHAPE},
                             {.id = "large", .kind = CHECK_SHAPE}};
    struct lesson lesson = {.id = "21-bottleneck", .checks = checks, .checks_count = 2};
    char *first = explain_command("why", &lesson, &checks[0], NULL);
    char *second = explain_command("why", &lesson, &checks[1], NULL);
    ck_assert_str_eq(first, "make why LESSON=21");
    ck_assert_str_eq(second, "make why LESSON=21 CHECK=large");
    free(first);
    free(second);
}
END_TEST

START_TEST(a_difference_shows_both_lines_one_below_the_other)
{
    struct difference difference = {8, "8 64", "9 81", 992};
    char *text = explain_difference(&difference, &at_two);
    ck_assert_has(text, "procs=2, seed 17 (procs=1 passed)\n"
                        "line 8   expected  8 64\n"
                        "         actual    9 81\n"
                        "First difference; 992 other lines match. It is right on one proc");
    ck_assert_has(text, "See it yourself:\n    make run LESSON=03");
    free(text);
}
END_TEST

START_TEST(what_a_difference_means_depends_on_where_it_shows)
{
    struct difference wrong = {1, "a", "b", 0}, short_one = {2, "a", NULL, 1},
                      long_one = {2, NULL, "b", 1};
    char *wrong_text = explain_difference(&wrong, &at_one);
    char *short_text = explain_difference(&short_one, &at_one);
    char *long_text = explain_difference(&long_one, &at_one);
    ck_assert_has(wrong_text, "no other line matches. It is wrong on one proc too");
    ck_assert_has(wrong_text, "procs=1, seed 17\n");
    ck_assert_has(short_text, "actual    (no such line)\n");
    ck_assert_has(short_text, "1 other line matches. The answer is too short");
    ck_assert_has(long_text, "expected  (no such line)\n");
    ck_assert_has(long_text, "The answer is too long");
    free(wrong_text);
    free(short_text);
    free(long_text);
}
END_TEST

START_TEST(a_deadlock_shows_the_report_and_what_to_look_for)
{
    struct run run = {.reason = REASON_DEADLOCK,
                      .message = "All tasks were asleep.",
                      .report = "rt: deadlock\n  task 1: receive\n"};
    char *text = explain_bad_end(&run, &at_two);
    ck_assert_has(text, "procs=2, seed 17 (procs=1 passed)\nAll tasks were asleep.\n"
                        "    rt: deadlock\n      task 1: receive\nEach task in the list waits");
    free(text);
}
END_TEST

START_TEST(a_long_report_is_cut)
{
    char report[400] = "";
    for (int i = 0; i < 30; i++)
        strcat(report, "a line\n");
    struct run run = {.reason = REASON_LEAK, .report = report};
    char *text = explain_bad_end(&run, &at_one);
    ck_assert_has(text, "    a line\n    ... and 14 more lines\n");
    free(text);
}
END_TEST

START_TEST(every_way_to_end_badly_says_what_to_do_next)
{
    for (enum reason reason = REASON_CRASH; reason <= REASON_UNBOUNDED_TASKS; reason++) {
        struct run run = {.reason = reason};
        char *text = explain_bad_end(&run, &at_one);
        int lines = 0;
        for (const char *c = text; *c; c++)
            lines += *c == '\n';
        ck_assert_has(text, reason_text(reason));
        ck_assert_msg(lines >= 4, "no advice for %s:\n%s", reason_code(reason), text);
        free(text);
    }
}
END_TEST

/* ---- Shapes ---------------------------------------------------------------------------------- */

/* The explanation of the sample's shape after `rounds` rounds. */
static char *shape_text(enum reason reason, int rounds, double one, double many, double many_cpu)
{
    struct result result = sample_result();
    struct check_result *check = &result.checks[2];
    sample_measure(check, rounds, one, many);
    for (int i = 0; i < rounds; i++)
        check->evidence.rounds[i].many_cpu = many_cpu;
    check->reason = reason;
    char *text = explain_shape(check);
    result_release(&result);
    return text;
}

START_TEST(a_speedup_that_passes_says_how_much_was_needed)
{
    char *text = shape_text(REASON_NONE, 5, 0.19, 0.1, 0.19);
    ck_assert_str_eq(text, "speedup 1.90 of 2 (need 1.5)");
    free(text);
}
END_TEST

START_TEST(idle_procs_are_named_as_such)
{
    char *text = shape_text(REASON_NOT_PARALLEL, 16, 0.2, 0.19, 0.209);
    ck_assert_has(text, "speedup 1.05, expected at least 1.5\n1.1 of 2 procs were busy on average: "
                        "the rest had nothing to do.");
    ck_assert_has(text, "Your answer is correct, and concurrent at best, but not parallel.");
    free(text);
}
END_TEST

START_TEST(busy_procs_that_get_nowhere_hinder_one_another)
{
    char *text = shape_text(REASON_NOT_PARALLEL, 16, 0.2, 0.2, 0.39);
    ck_assert_has(text, "1.9 of 2 procs were busy on average, but the same work took 1.9 times");
    free(text);
}
END_TEST

START_TEST(busy_procs_with_little_gain_may_be_unbalanced)
{
    char *text = shape_text(REASON_NOT_PARALLEL, 16, 0.2, 0.16, 0.25);
    ck_assert_has(text, "1.6 of 2 procs were busy on average. Is the work divided evenly");
    free(text);
}
END_TEST

START_TEST(a_slow_run_on_one_proc_is_put_beside_plain_code)
{
    char *text = shape_text(REASON_TOO_SLOW_SERIAL, 16, 0.5, 0.25, 0.5);
    ck_assert_has(text, "0.40 of plain code's speed on one proc, need 0.8\n"
                        "Plain sequential code takes 200 ms; yours took 500 ms");
    free(text);
}
END_TEST

START_TEST(waits_that_do_not_overlap_are_put_beside_one_by_one)
{
    char *text = shape_text(REASON_NOT_OVERLAPPED, 16, 0.4, 0.4, 0);
    ck_assert_has(text,
                  "overlap 0.50, expected at least 0.8\nOne wait after the other takes 200 ms; "
                  "yours took 400 ms on one proc. Waits overlap only if each is in a task");
    free(text);
}
END_TEST

START_TEST(waits_that_overlap_in_part_are_not_told_to_begin_with_it)
{
    char *text = shape_text(REASON_NOT_OVERLAPPED, 16, 0.1, 0.1, 0);
    ck_assert_has(text, "So some waits pass at the same time, and others");
    free(text);
}
END_TEST

START_TEST(a_machine_that_gives_less_than_n_is_mentioned)
{
    struct result result = sample_result();
    struct check_result *check = &result.checks[2];
    for (int i = 0; i < 5; i++)
        check->evidence.rounds[i].spin_many = 0.056 / 1.8;
    check->shape = verdict_shape(check->check, &check->evidence);
    char *text = explain_shape(check);
    ck_assert_has(text, "\nThe 2 CPUs gave a speedup of at most 1.80 just now. Yours was 1.90;");
    free(text);
    result_release(&result);
}
END_TEST

START_TEST(noise_says_how_many_rounds_were_disturbed)
{
    char *text = shape_text(REASON_NOISY_MACHINE, 16, 0.2, 0.1, 0.2);
    ck_assert_has(text, "inconclusive: the machine was too busy\nNo points lost. 0 of 16 rounds");
    ck_assert_has(text, "The 2 CPUs gave a speedup of 2.00.");
    free(text);
}
END_TEST

START_TEST(a_borderline_shape_says_between_what_it_lies)
{
    char *text = shape_text(REASON_BORDERLINE, ROUNDS_MAX, 0.2, 0.2 / 1.35, 0.2);
    ck_assert_has(text, "inconclusive: speedup 1.35, too near the limit\n"
                        "No points lost. 1.5 or more passes, 1.2 or less fails; 40 rounds");
    free(text);
}
END_TEST

static char *few_cpus_text(int procs, int cpus)
{
    struct result result = sample_result();
    struct check_result *check = &result.checks[2];
    check->reason = REASON_ONE_CPU;
    check->evidence = (struct evidence){.procs = procs, .cpus = cpus};
    char *text = explain_shape(check);
    result_release(&result);
    return text;
}

START_TEST(too_few_cpus_cost_nothing)
{
    char *one = few_cpus_text(1, 1), *few = few_cpus_text(4, 2), *asked = few_cpus_text(1, 2);
    ck_assert_has(one, "inconclusive: 1 CPU allowed, 2 needed\nNo points lost.");
    ck_assert_has(few, "inconclusive: 2 CPUs allowed, 4 needed\nNo points lost.");
    ck_assert_has(asked, "inconclusive: procs=1 has no speedup\nNo points lost.");
    free(one);
    free(few);
    free(asked);
}
END_TEST

START_TEST(a_shape_without_a_speedup_tells_of_its_overlap)
{
    struct check overlap = {.kind = CHECK_SHAPE,
                            .shape = SHAPE_OVERLAP,
                            .overlap = {.set = true, .pass = {4, false}, .fail = {2, false}}};
    struct check_result check = {.check = &overlap};
    sample_measure(&check, 5, 0.025, 0.025);
    char *text = explain_shape(&check);
    ck_assert_str_eq(text, "overlap 8.00 on one proc (need 4)");
    free(text);
}
END_TEST

START_TEST(a_shape_that_waits_and_computes_tells_of_both)
{
    struct check hybrid = {.kind = CHECK_SHAPE,
                           .shape = SHAPE_OVERLAP,
                           .overlap = {.set = true, .pass = {2.5, false}, .fail = {2, false}},
                           .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}}};
    struct check_result check = {.check = &hybrid};
    sample_measure(&check, 5, 0.05, 0.025);
    char *text = explain_shape(&check);
    ck_assert_str_eq(text, "overlap 4.00 (need 2.5), speedup 2.00 (need 1.5)");
    free(text);
}
END_TEST

/* ---- What comes next ------------------------------------------------------------------------- */

/* Lessons with locks and lessons without them have it. */
START_TEST(an_answer_that_depends_on_the_schedule_asks_for_waits_and_for_steps_apart)
{
    char *text = explain_schedule(REASON_SCHEDULE_DEPENDENT, 501);
    ck_assert_has(text, "1 of 501 schedules");
    ck_assert_has(text, "What makes one task wait for the other?");
    ck_assert_has(text, "what may another task change between two steps that belong together?");
    free(text);
}
END_TEST

START_TEST(answers_that_are_right_say_how_many_there_were)
{
    char *two = explain_right_answers(4, 2), *one = explain_right_answers(1, 1);
    ck_assert_str_eq(two, "4 fresh inputs, procs 1 and 2");
    ck_assert_str_eq(one, "1 fresh input, procs 1");
    free(two);
    free(one);
}
END_TEST

START_TEST(a_skipped_check_says_why_and_a_todo_where)
{
    char *skipped = explain_skipped("answer"),
         *todo = explain_todo("e/pool.c", 9, "03-worker-pool");
    ck_assert_str_eq(skipped, "not run: needs answer");
    ck_assert_has(todo, "e/pool.c still says TODO on line 9");
    ck_assert_has(todo, "make hint LESSON=03");
    free(skipped);
    free(todo);
}
END_TEST

static char *next_after(enum status status, bool own, const char *next)
{
    struct result result = sample_result();
    check_settle(&result.checks[2], status, REASON_NONE, NULL);
    result_conclude(&result);
    char *text = explain_next(&result, own, next);
    result_release(&result);
    return text;
}

START_TEST(the_next_step_depends_on_how_it_went)
{
    static const struct {
        enum status status;
        bool own;
        const char *next, *text;
    } cases[] = {
        {STATUS_PASS, true, "04-parallel-primes", "Next: make check LESSON=04"},
        {STATUS_INCONCLUSIVE, true, "04-parallel-primes", "Next: make check LESSON=04"},
        {STATUS_PASS, true, NULL, "All lessons are done"},
        {STATUS_FAIL, true, "03-worker-pool", "Next: edit exercises/03-worker-pool/pool.c\n"},
        {STATUS_ERROR, true, NULL, "This is not your fault"},
        {STATUS_ERROR, false, NULL, "This is not your fault"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = next_after(cases[i].status, cases[i].own, cases[i].next);
        ck_assert_has(text, cases[i].text);
        free(text);
    }
    char *other = next_after(STATUS_FAIL, false, NULL);
    ck_assert_str_eq(other, "");
    free(other);
}
END_TEST

static void add_shape_tests(TCase *shape)
{
    tcase_add_test(shape, a_speedup_that_passes_says_how_much_was_needed);
    tcase_add_test(shape, idle_procs_are_named_as_such);
    tcase_add_test(shape, busy_procs_that_get_nowhere_hinder_one_another);
    tcase_add_test(shape, busy_procs_with_little_gain_may_be_unbalanced);
    tcase_add_test(shape, a_slow_run_on_one_proc_is_put_beside_plain_code);
    tcase_add_test(shape, waits_that_do_not_overlap_are_put_beside_one_by_one);
    tcase_add_test(shape, waits_that_overlap_in_part_are_not_told_to_begin_with_it);
    tcase_add_test(shape, a_machine_that_gives_less_than_n_is_mentioned);
    tcase_add_test(shape, noise_says_how_many_rounds_were_disturbed);
    tcase_add_test(shape, a_borderline_shape_says_between_what_it_lies);
    tcase_add_test(shape, too_few_cpus_cost_nothing);
    tcase_add_test(shape, a_shape_without_a_speedup_tells_of_its_overlap);
    tcase_add_test(shape, a_shape_that_waits_and_computes_tells_of_both);
}

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *build = tcase_create("build");
    tcase_add_test(build, a_build_error_shows_place_source_and_advice);
    tcase_add_test(build, many_errors_are_cut_and_the_first_matters);
    tcase_add_test(build, a_clean_build_is_one_line);
    tcase_add_test(build, warnings_of_a_build_that_worked_are_shown);
    suite_add_tcase(suite, build);

    TCase *runs = tcase_create("runs");
    tcase_add_test(runs, a_replay_names_everything_the_run_depended_on);
    tcase_add_test(runs, a_command_is_as_a_shell_reads_it);
    tcase_add_test(runs, a_command_names_the_check_where_it_must);
    tcase_add_test(runs, a_difference_shows_both_lines_one_below_the_other);
    tcase_add_test(runs, what_a_difference_means_depends_on_where_it_shows);
    tcase_add_test(runs, a_deadlock_shows_the_report_and_what_to_look_for);
    tcase_add_test(runs, a_long_report_is_cut);
    tcase_add_test(runs, every_way_to_end_badly_says_what_to_do_next);
    tcase_add_test(runs, an_answer_that_depends_on_the_schedule_asks_for_waits_and_for_steps_apart);
    tcase_add_test(runs, answers_that_are_right_say_how_many_there_were);
    tcase_add_test(runs, a_skipped_check_says_why_and_a_todo_where);
    tcase_add_test(runs, the_next_step_depends_on_how_it_went);
    suite_add_tcase(suite, runs);

    TCase *shape = tcase_create("shape");
    add_shape_tests(shape);
    suite_add_tcase(suite, shape);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
