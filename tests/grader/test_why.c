/* test_why.c - tests of grader/why.c with a laboratory that gives any results: what is concluded
 * from them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "show_why.h"
#include "why.h"

/* A program that computes for a millisecond on one proc. */
struct canned {
    int64_t many_ps;       /* what it takes on several */
    bool experiments_fail; /* all but the two plain runs */
};

static bool run(void *context, const struct experiment *experiment, struct simulated_run *result)
{
    const struct canned *canned = context;
    bool plain = *experiment->costs == '\0' && experiment->without == NULL;

    if (!plain && canned->experiments_fail)
        return false;
    *result = (struct simulated_run){
        .procs = experiment->procs,
        .time_ps = experiment->procs == 1 ? INT64_C(1000000000) : canned->many_ps,
    };
    result->spent_ps[RT__USER] = 1000000000;
    return true;
}

static char *explanation(struct canned *canned)
{
    struct laboratory laboratory = {.run = run, .context = canned};
    struct why_report report = {0};

    ck_assert(why(&laboratory, 8, &report.loss));
    ck_assert_int_eq(report.loss.cause, CAUSE_NONE);
    char *text = why_text(&report);
    loss_release(&report.loss);
    return text;
}

START_TEST(what_gets_faster_with_procs_scales)
{
    char *text = explanation(&(struct canned){.many_ps = 130000000});
    ck_assert_ptr_nonnull(strstr(text, "None of them: it scales."));
    free(text);
}
END_TEST

START_TEST(what_gets_slower_is_not_said_to_scale_when_experiments_fail)
{
    char *text = explanation(&(struct canned){.many_ps = 1300000000, .experiments_fail = true});
    ck_assert_ptr_null(strstr(text, "it scales"));
    ck_assert_ptr_nonnull(strstr(text, "it does not scale, but no cause was found."));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("why");
    TCase *tests = tcase_create("why");

    tcase_add_test(tests, what_gets_faster_with_procs_scales);
    tcase_add_test(tests, what_gets_slower_is_not_said_to_scale_when_experiments_fail);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
