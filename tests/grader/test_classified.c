/* Tests of grader/classified.c, show_classified.c and undisturbed.c: what figures of a function
 * come to. */
#include "classify.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "undisturbed.h"

/* Figures of a function that takes 20 ms, on a quiet machine with two CPUs. */
static struct classify_figures figures_of(double waiting, double gain_one, double speedup)
{
    return (struct classify_figures){.call_s = 0.02,
                                     .waiting = waiting,
                                     .copies = 8,
                                     .calls = 1,
                                     .procs = 2,
                                     .in_sequence = 0.16,
                                     .one = 0.16 / gain_one,
                                     .many = 0.16 / gain_one / speedup,
                                     .gain_one = gain_one,
                                     .gain_many = gain_one * speedup,
                                     .speedup = speedup,
                                     .achievable = 1.95};
}

static char *shown(const struct classify_figures *figures)
{
    char *text;
    PRINTED(text, classify_show("mine.c", "work", figures, out));
    return text;
}

START_TEST(what_waits_is_io_bound_and_gains_from_tasks_alone)
{
    struct classify_figures figures = figures_of(0.99, 7.9, 1.0);
    struct classification is = classify(&figures);
    ck_assert_int_eq(is.bound, BOUND_IO);
    ck_assert_int_eq(is.concurrency, CONCURRENCY_HELPS);
    ck_assert_int_eq(is.parallelism, PARALLELISM_NOTHING_TO_SHARE);
    char *text = shown(&figures);
    ck_assert_has(text, "work() in mine.c is I/O-bound: it waits\n");
    ck_assert_has(text,
                  "Would concurrency help? Yes. The waits overlap: 8 tasks on one proc are 7.9\n");
    ck_assert_has(text, "Would parallelism help? No.");
    free(text);
}
END_TEST

START_TEST(what_computes_is_cpu_bound_and_gains_from_procs_alone)
{
    struct classify_figures figures = figures_of(0.01, 0.99, 1.97);
    struct classification is = classify(&figures);
    ck_assert_int_eq(is.bound, BOUND_CPU);
    ck_assert_int_eq(is.concurrency, CONCURRENCY_NOTHING_TO_OVERLAP);
    ck_assert_int_eq(is.parallelism, PARALLELISM_HELPS);
    char *text = shown(&figures);
    ck_assert_has(text, "Would concurrency help? No.");
    ck_assert_has(text, "Would parallelism help? Yes. 2 procs are 1.97 times as fast as one.");
    free(text);
}
END_TEST

START_TEST(what_does_both_gains_from_both)
{
    struct classify_figures figures = figures_of(0.5, 1.8, 1.8);
    struct classification is = classify(&figures);
    ck_assert_int_eq(is.bound, BOUND_MIXED);
    ck_assert_int_eq(is.concurrency, CONCURRENCY_HELPS);
    ck_assert_int_eq(is.parallelism, PARALLELISM_HELPS);
}
END_TEST

START_TEST(waits_that_do_not_overlap_are_the_trap)
{
    struct classify_figures figures = figures_of(0.99, 1.2, 1.95);
    figures.wrapped = 0.02;
    ck_assert_int_eq(classify(&figures).concurrency, CONCURRENCY_BLOCKED);
    char *text = shown(&figures);
    ck_assert_has(text, "Yes, but not as it is");
    ck_assert_has(text, "a task each, in rt_blocking        1");
    ck_assert_has(text, "In there the same calls are 8.0 times as fast");
    ck_assert_has(text, "(2 procs");
    free(text);
}
END_TEST

START_TEST(what_computes_and_is_no_faster_is_held_up)
{
    struct classify_figures figures = figures_of(0.01, 1, 0.6);
    ck_assert_int_eq(classify(&figures).parallelism, PARALLELISM_HELD_UP);
    char *text = shown(&figures);
    ck_assert_has(text, "It should, but 2 procs are only 0.60 times as fast as\n");
    free(text);
}
END_TEST

START_TEST(a_busy_machine_accuses_nobody)
{
    struct classify_figures figures = figures_of(0.01, 1, 1.1);
    figures.achievable = 1.2;
    ck_assert_int_eq(classify(&figures).parallelism, PARALLELISM_UNKNOWN);
    char *text = shown(&figures);
    ck_assert_has(text, "this machine is busy: 2 CPUs did only 1.2 times the work of\n");
    free(text);
}
END_TEST

/* Two copies that wait for 80% of their time: 1.2 would be all that could come of two procs. */
START_TEST(too_few_copies_accuse_nobody)
{
    struct classify_figures figures = figures_of(0.8, 1.6, 1.1);
    figures.copies = 2;
    ck_assert_int_eq(classify(&figures).parallelism, PARALLELISM_UNKNOWN);
    char *text = shown(&figures);
    ck_assert_has(text, "too long to measure enough copies");
    free(text);
}
END_TEST

START_TEST(one_cpu_says_that_procs_were_not_measured)
{
    struct classify_figures figures = figures_of(0.01, 1, 0);
    figures.procs = 1;
    figures.many = figures.gain_many = 0;
    char *text = shown(&figures);
    ck_assert_has(text, "only one CPU may be used here, so it was not measured");
    ck_assert_has_not(text, "a task each                        2");
    free(text);
}
END_TEST

START_TEST(short_calls_are_to_be_bundled)
{
    struct classify_figures figures = figures_of(0.01, 1, 1.9);
    figures.call_s = 30e-9;
    figures.calls = 1000000;
    char *text = shown(&figures);
    ck_assert_has(text, "alone, a call takes 30.0 ns");
    ck_assert_has(text, "8 times 1000000 calls");
    ck_assert_has(text, "have a task make some 10000 of them");
    free(text);
}
END_TEST

START_TEST(no_line_is_wider_than_a_terminal)
{
    static const double waiting[] = {0.99, 0.5, 0.01}, gains[] = {1, 1.8, 7.9},
                        speedups[] = {0.5, 1.9};
    for (int i = 0; i < 18; i++) {
        struct classify_figures figures =
            figures_of(waiting[i / 6], gains[i / 2 % 3], speedups[i % 2]);
        char *text = shown(&figures);
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            ck_assert_msg(strlen(line) <= 80, "%zu columns: %s", strlen(line), line);
        free(text);
    }
}
END_TEST

/* ---- undisturbed.c --------------------------------------------------------------------------- */

START_TEST(standing_in_line_is_taken_out_of_a_time)
{
    static const struct {
        const char *text;
        int procs;
        double clock;
    } cases[] = {
        {"100000000 95000000 0\n", 1, 0.1}, /* a quiet machine */
        {"300000000 95000000 200000000\n", 1,
         0.1}, /* others had the CPU for two thirds of the time */
        {"200000000 190000000 200000000", 2, 0.1}, /* both CPUs, each for a half */
        {"100000000 95000000 900000000", 1,
         0.095},                                 /* tasks that were stopped stand in line as well */
        {"100000000 1000000 40000000", 1, 0.06}, /* it waits, and was woken late */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct undisturbed run;
        ck_assert(undisturbed_read(cases[i].text, cases[i].procs, &run));
        ck_assert_double_eq_tol(run.clock, cases[i].clock, 1e-9);
    }
}
END_TEST

START_TEST(what_are_no_three_numbers_is_refused)
{
    struct undisturbed run;
    ck_assert(!undisturbed_read("1 2", 1, &run));
    ck_assert(!undisturbed_read("", 1, &run));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("classified");
    TCase *tests = tcase_create("classified");

    tcase_add_test(tests, what_waits_is_io_bound_and_gains_from_tasks_alone);
    tcase_add_test(tests, what_computes_is_cpu_bound_and_gains_from_procs_alone);
    tcase_add_test(tests, what_does_both_gains_from_both);
    tcase_add_test(tests, waits_that_do_not_overlap_are_the_trap);
    tcase_add_test(tests, what_computes_and_is_no_faster_is_held_up);
    tcase_add_test(tests, a_busy_machine_accuses_nobody);
    tcase_add_test(tests, too_few_copies_accuse_nobody);
    tcase_add_test(tests, one_cpu_says_that_procs_were_not_measured);
    tcase_add_test(tests, short_calls_are_to_be_bundled);
    tcase_add_test(tests, no_line_is_wider_than_a_terminal);
    tcase_add_test(tests, standing_in_line_is_taken_out_of_a_time);
    tcase_add_test(tests, what_are_no_three_numbers_is_refused);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
