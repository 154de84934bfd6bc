/* test_timeline.c - what a timeline draws, under a clock that this test turns by hand.
 *
 * timeline.c takes its time from rt_now() and needs nothing else of the runtime, so the test is
 * linked with --wrap=rt_now (Makefile) and brings a clock of its own: every picture is exact. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"
#include "timeline.h"

static int64_t now_ns;

int64_t __wrap_rt_now(void); /* the linker's name for what stands in for rt_now */

int64_t __wrap_rt_now(void)
{
    return now_ns;
}

static void pass_ms(int64_t ms)
{
    now_ns += ms * RT_MS;
}

/* The picture on a terminal of `width` columns; the caller frees it. */
static char *picture(const struct timeline *timeline, const char *width, int64_t span_ns)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(setenv("COLUMNS", width, 1), 0);
    timeline_draw(timeline, out, span_ns);
    fclose(out);
    return text;
}

/* Expects `line` to stand in the picture, and nothing after it in its line. */
static void expect_line(const struct timeline *timeline, const char *width, int64_t span_ns,
                        const char *line)
{
    char *text = picture(timeline, width, span_ns);
    const char *found = strstr(text, line);
    ck_assert_msg(found != NULL && found[strlen(line)] == '\n', "expected %s in\n%s", line, text);
    free(text);
}

START_TEST(each_state_has_its_sign)
{
    struct timeline *timeline = timeline_new("all %s", "states");
    struct timeline_row *row = timeline_row(timeline, "task %d", 1);
    pass_ms(10);
    timeline_ready(row);
    pass_ms(10);
    timeline_run(row);
    pass_ms(10);
    timeline_wait(row, NULL);
    pass_ms(10);
    timeline_block(row, NULL);
    pass_ms(10);
    timeline_end(row);
    expect_line(timeline, "60", 0,
                "all states: 50.0 ms\n"
                "  task 1            ::::::::::##########..........----------\n"
                "          +---------+---------+---------+---------+---------\n"
                "          0 ms      10        20        30        40\n"
                "  all: ran 10.0 ms, waited 10.0 ms, blocked 10.0 ms, no proc 10.0 ms");
    timeline_free(timeline);
}
END_TEST

START_TEST(a_moment_of_running_is_not_lost)
{
    struct timeline *timeline = timeline_new("moment");
    struct timeline_row *row = timeline_row(timeline, "a");
    timeline_wait(row, NULL);
    pass_ms(22);
    timeline_run(row);
    now_ns += 10 * RT_US;
    timeline_wait(row, NULL);
    now_ns -= 10 * RT_US;
    pass_ms(18);
    timeline_end(row);
    expect_line(timeline, "25", 0, "  a  ...........|........");
    timeline_free(timeline);
}
END_TEST

START_TEST(what_a_task_waits_for_is_written_where_it_fits)
{
    struct timeline *timeline = timeline_new("labels");
    struct timeline_row *row = timeline_row(timeline, "a");
    timeline_wait(row, "disk");
    pass_ms(10);
    timeline_block(row, "lock");
    pass_ms(6);
    timeline_wait(row, "short");
    pass_ms(4);
    timeline_end(row);
    expect_line(timeline, "25", 0, "  a  ..disk....-lock-....");
    timeline_free(timeline);
}
END_TEST

START_TEST(a_gap_between_ticks_is_a_lost_proc)
{
    struct timeline *timeline = timeline_new("ticks");
    struct timeline_row *row = timeline_row(timeline, "a");
    timeline_run(row);
    for (int i = 0; i < 10; i++) {
        pass_ms(1);
        timeline_tick(row);
    }
    pass_ms(10);
    timeline_tick(row);
    timeline_end(row);
    expect_line(timeline, "25", 0, "  a  ##########::::::::::");
    timeline_free(timeline);
}
END_TEST

START_TEST(a_mark_stands_at_its_moment)
{
    struct timeline *timeline = timeline_new("marks");
    struct timeline_row *row = timeline_row(timeline, "a");
    timeline_wait(row, NULL);
    pass_ms(5);
    timeline_mark(row, '7');
    pass_ms(15);
    timeline_mark(row, '8');
    timeline_end(row);
    expect_line(timeline, "25", 0, "  a  .....7.............8");
    timeline_free(timeline);
}
END_TEST

START_TEST(a_longer_span_makes_the_same_rows_shorter)
{
    struct timeline *timeline = timeline_new("scale");
    struct timeline_row *row = timeline_row(timeline, "a");
    timeline_run(row);
    pass_ms(10);
    timeline_end(row);
    ck_assert_int_eq(timeline_span_ns(timeline), 10 * RT_MS);
    expect_line(timeline, "25", 20 * RT_MS, "  a  ##########");
    timeline_free(timeline);
}
END_TEST

START_TEST(a_row_that_never_ended_goes_on_to_the_end)
{
    struct timeline *timeline = timeline_new("left");
    struct timeline_row *left = timeline_row(timeline, "left");
    struct timeline_row *other = timeline_row(timeline, "done");
    timeline_block(left, NULL);
    timeline_run(other);
    pass_ms(20);
    timeline_end(other);
    expect_line(timeline, "28", 0, "  left  --------------------");
    timeline_free(timeline);
}
END_TEST

START_TEST(time_can_start_when_the_rows_are_there)
{
    struct timeline *timeline = timeline_new("late");
    struct timeline_row *row = timeline_row(timeline, "task");
    pass_ms(10);
    timeline_start(timeline);
    timeline_run(row);
    now_ns += 20 * RT_US;
    timeline_end(row);
    expect_line(timeline, "28", 0, "late: 20.0 us");
    expect_line(timeline, "28", 0, "  all rows together: ran 20.0 us, waited 0.0 us");
    timeline_free(timeline);
}
END_TEST

START_TEST(an_empty_timeline_is_drawn_too)
{
    struct timeline *timeline = timeline_new("nothing");
    expect_line(timeline, "30", 0, "nothing: 0.0 us");
    timeline_free(timeline);
    timeline_free(NULL);
}
END_TEST

/* Odd widths, spans from nanoseconds to hours, the longest name: no line may be wider than the
 * terminal. (Below 44 columns there is no room for the longest name and the narrowest plot.) */
START_TEST(no_picture_is_wider_than_the_terminal)
{
    static const int64_t units_ns[] = {1, RT_US, 37 * RT_US, RT_MS, RT_SECOND, 3600 * RT_SECOND};
    static const char *const widths[] = {"44", "79", "80", "133"};
    for (size_t u = 0; u < sizeof units_ns / sizeof *units_ns; u++)
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            struct timeline *timeline = timeline_new("width");
            struct timeline_row *row = timeline_row(timeline, "a name that is far too long for it");
            for (int i = 0; i < 100; i++) {
                timeline_run(row);
                now_ns += units_ns[u];
                timeline_wait(row, "something that takes its time");
                now_ns += (i % 7) * units_ns[u];
            }
            timeline_end(row);
            char *text = picture(timeline, widths[w], 0);
            char *summary = strstr(text, "  all rows");
            ck_assert_ptr_nonnull(summary);
            *summary = '\0';
            for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
                ck_assert_int_le((int)strlen(line), atoi(widths[w]));
            free(text);
            timeline_free(timeline);
        }
}
END_TEST

START_TEST(too_many_rows_end_the_program)
{
    struct timeline *timeline = timeline_new("rows");
    for (int i = 0; i <= TIMELINE_ROWS_MAX; i++)
        timeline_row(timeline, "%d", i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("timeline");
    TCase *tests = tcase_create("timeline");
    tcase_add_test(tests, each_state_has_its_sign);
    tcase_add_test(tests, a_moment_of_running_is_not_lost);
    tcase_add_test(tests, what_a_task_waits_for_is_written_where_it_fits);
    tcase_add_test(tests, a_gap_between_ticks_is_a_lost_proc);
    tcase_add_test(tests, a_mark_stands_at_its_moment);
    tcase_add_test(tests, a_longer_span_makes_the_same_rows_shorter);
    tcase_add_test(tests, a_row_that_never_ended_goes_on_to_the_end);
    tcase_add_test(tests, time_can_start_when_the_rows_are_there);
    tcase_add_test(tests, an_empty_timeline_is_drawn_too);
    tcase_add_test(tests, no_picture_is_wider_than_the_terminal);
    tcase_add_exit_test(tests, too_many_rows_end_the_program, 1);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
