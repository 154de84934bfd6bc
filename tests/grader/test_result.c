/* Tests of grader/result.c: how checks make up a verdict, a score and an exit status. */
#include "result.h"

#include <check.h>
#include <string.h>

#include "sample.h"

/* The sample result, with one check settled anew. */
static struct result with(int check, enum status status, enum reason reason)
{
    struct result result = sample_result();
    check_settle(&result.checks[check], status, reason, NULL);
    result_conclude(&result);
    return result;
}

START_TEST(passed_checks_make_a_pass_with_all_points)
{
    struct result result = sample_result();
    ck_assert_int_eq(result.verdict, STATUS_PASS);
    ck_assert_double_eq(result.score, 100);
    ck_assert_int_eq(result_exit(&result), BARISTA_PASS);
    result_release(&result);
}
END_TEST

START_TEST(a_failed_check_loses_its_points_only)
{
    struct result result = with(2, STATUS_FAIL, REASON_NOT_PARALLEL);
    ck_assert_int_eq(result.verdict, STATUS_FAIL);
    ck_assert_double_eq(result.score, 60);
    ck_assert_int_eq(result_exit(&result), BARISTA_FAIL);
    result_release(&result);
}
END_TEST

START_TEST(an_inconclusive_check_keeps_its_points)
{
    struct result result = with(2, STATUS_INCONCLUSIVE, REASON_ONE_CPU);
    ck_assert_int_eq(result.verdict, STATUS_INCONCLUSIVE);
    ck_assert_double_eq(result.score, 100);
    ck_assert_int_eq(result_exit(&result), BARISTA_PASS);
    result_release(&result);
}
END_TEST

START_TEST(a_failed_infrastructure_never_costs_points)
{
    struct result result = with(1, STATUS_ERROR, REASON_INFRASTRUCTURE);
    ck_assert_int_eq(result.verdict, STATUS_ERROR);
    ck_assert_double_eq(result.score, 100);
    ck_assert_int_eq(result_exit(&result), BARISTA_INFRA);
    result_release(&result);
}
END_TEST

START_TEST(an_error_outweighs_a_failure)
{
    struct result result = with(1, STATUS_ERROR, REASON_INFRASTRUCTURE);
    check_settle(&result.checks[2], STATUS_FAIL, REASON_NOT_PARALLEL, NULL);
    result_conclude(&result);
    ck_assert_int_eq(result.verdict, STATUS_ERROR);
    result_release(&result);
}
END_TEST

START_TEST(a_failure_outweighs_an_inconclusive_check)
{
    struct result result = with(1, STATUS_FAIL, REASON_WRONG_ANSWER);
    check_settle(&result.checks[2], STATUS_INCONCLUSIVE, REASON_NOISY_MACHINE, NULL);
    result_conclude(&result);
    ck_assert_int_eq(result.verdict, STATUS_FAIL);
    result_release(&result);
}
END_TEST

START_TEST(a_new_result_has_every_check_still_to_be_done)
{
    struct result result = result_new(&sample_lesson);
    ck_assert_uint_eq(result.checks_count, 3);
    for (size_t i = 0; i < result.checks_count; i++) {
        ck_assert_int_eq(result.checks[i].status, STATUS_SKIPPED);
        ck_assert_double_eq(result.checks[i].points, 0);
    }
    result_release(&result);
}
END_TEST

START_TEST(every_reason_has_a_code_of_its_own_and_a_text)
{
    for (enum reason a = REASON_NONE + 1; a <= REASON_INFRASTRUCTURE; a++) {
        ck_assert_str_ne(reason_code(a), "");
        ck_assert_str_ne(reason_text(a), "");
        for (enum reason b = REASON_NONE; b < a; b++)
            ck_assert_str_ne(reason_code(a), reason_code(b));
    }
    ck_assert_str_eq(reason_code(REASON_NOT_PARALLEL), "not_parallel");
}
END_TEST

START_TEST(statuses_have_the_names_of_the_json_format)
{
    ck_assert_str_eq(status_name(STATUS_PASS), "pass");
    ck_assert_str_eq(status_name(STATUS_FAIL), "fail");
    ck_assert_str_eq(status_name(STATUS_INCONCLUSIVE), "inconclusive");
    ck_assert_str_eq(status_name(STATUS_SKIPPED), "skipped");
    ck_assert_str_eq(status_name(STATUS_ERROR), "error");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("result");
    TCase *tests = tcase_create("result");
    tcase_add_test(tests, passed_checks_make_a_pass_with_all_points);
    tcase_add_test(tests, a_failed_check_loses_its_points_only);
    tcase_add_test(tests, an_inconclusive_check_keeps_its_points);
    tcase_add_test(tests, a_failed_infrastructure_never_costs_points);
    tcase_add_test(tests, an_error_outweighs_a_failure);
    tcase_add_test(tests, a_failure_outweighs_an_inconclusive_check);
    tcase_add_test(tests, a_new_result_has_every_check_still_to_be_done);
    tcase_add_test(tests, every_reason_has_a_code_of_its_own_and_a_text);
    tcase_add_test(tests, statuses_have_the_names_of_the_json_format);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
