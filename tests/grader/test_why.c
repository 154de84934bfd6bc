/* test_why.c - tests of grader/why.c with a laboratory that gives any results: what is concluded
 * from them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "show_why.h"
#include "why.h"

/* A program that computes for a millisecond on one proc; or that waits for one, on any number of
 * procs. */
struct canned {
    int64_t many_ps;       /* what it takes on several */
    bool experiments_fail; /* all but the two plain runs */
    enum rt__state idle;   /* it waits: this is what procs are all the time; 0: it computes */
    int sleeps;            /* of tasks, one after the other, that fill that time */
};

#define MILLISECOND INT64_C(1000000000)

/* All of it happens while the main task is the only one that could go on. */
static void waits(const struct canned *canned, struct simulated_run *result)
{
    result->time_ps = MILLISECOND;
    result->spent_ps[RT__USER] = 1000;
    result->spent_ps[canned->idle] = result->procs * MILLISECOND;
    result->sleeps = canned->sleeps;
    result->slept_ps = result->any_slept_ps = canned->sleeps > 0 ? MILLISECOND : 0;
    result->span_ps = MILLISECOND;
    result->places = calloc(1, sizeof *result->places);
    ck_assert_ptr_nonnull(result->places);
    result->places_count = 1;
    result->places[0].site = string_copy("main");
    result->places[0].alone_ps = MILLISECOND;
}

static bool run(void *context, const struct experiment *experiment, struct simulated_run *result)
{
    const struct canned *canned = context;
    bool plain = *experiment->costs == '\0' && experiment->without == NULL;

    if (!plain && canned->experiments_fail)
        return false;
    *result = (struct simulated_run){
        .procs = experiment->procs,
        .time_ps = experiment->procs == 1 ? MILLISECOND : canned->many_ps,
    };
    result->spent_ps[RT__USER] = MILLISECOND;
    if (canned->idle)
        waits(canned, result);
    return true;
}

static char *explanation(struct canned *canned, enum cause cause)
{
    struct laboratory laboratory = {.run = run, .context = canned};
    struct why_report report = {0};

    ck_assert(why(&laboratory, 8, &report.loss));
    ck_assert_int_eq(report.loss.cause, cause);
    char *text = why_text(&report);
    loss_release(&report.loss);
    return text;
}

START_TEST(what_gets_faster_with_procs_scales)
{
    char *text = explanation(&(struct canned){.many_ps = 130000000}, CAUSE_NONE);
    ck_assert_ptr_nonnull(strstr(text, "None of them: it scales."));
    free(text);
}
END_TEST

START_TEST(what_gets_slower_is_not_said_to_scale_when_experiments_fail)
{
    char *text =
        explanation(&(struct canned){.many_ps = 1300000000, .experiments_fail = true}, CAUSE_NONE);
    ck_assert_ptr_null(strstr(text, "it scales"));
    ck_assert_ptr_nonnull(strstr(text, "it does not scale, but no cause was found."));
    free(text);
}
END_TEST

/* Somebody who waits for room in a channel waits for the clock, if the one who receives sleeps. */
START_TEST(waits_for_a_task_that_sleeps_are_waits_for_the_clock)
{
    char *text = explanation(&(struct canned){.idle = RT__IDLE_LOCK, .sleeps = 100}, CAUSE_WAITS);
    ck_assert_ptr_nonnull(strstr(text, "waits come one after another."));
    free(text);
}
END_TEST

/* It computes next to nothing, so by that it could only be next to nothing times as fast. */
START_TEST(nothing_is_promised_of_what_only_waits)
{
    char *text = explanation(&(struct canned){.idle = RT__IDLE_LITTLE}, CAUSE_PATH);
    ck_assert_ptr_null(strstr(text, "at most"));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("why");
    TCase *tests = tcase_create("why");

    tcase_add_test(tests, what_gets_faster_with_procs_scales);
    tcase_add_test(tests, what_gets_slower_is_not_said_to_scale_when_experiments_fail);
    tcase_add_test(tests, waits_for_a_task_that_sleeps_are_waits_for_the_clock);
    tcase_add_test(tests, nothing_is_promised_of_what_only_waits);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
