/* Tests of grader/spread.c: medians, and intervals from the binomial distribution. */
#include "spread.h"

#include <check.h>

START_TEST(no_values_have_no_spread)
{
    struct spread spread = spread_of(NULL, 0);
    ck_assert_double_eq(spread.median, 0);
    ck_assert_double_eq(spread.low, 0);
    ck_assert_double_eq(spread.high, 0);
}
END_TEST

START_TEST(the_median_of_an_odd_number_is_the_middle_value)
{
    double values[] = {9, 1, 5};
    ck_assert_double_eq(spread_of(values, 3).median, 5);
}
END_TEST

START_TEST(the_median_of_an_even_number_lies_between_the_middle_values)
{
    double values[] = {9, 1, 5, 6};
    ck_assert_double_eq(spread_of(values, 4).median, 5.5);
}
END_TEST

START_TEST(few_values_give_all_their_range)
{
    double values[] = {3, 1, 5, 2, 4};
    struct spread spread = spread_of(values, 5);
    ck_assert_double_eq(spread.low, 1);
    ck_assert_double_eq(spread.high, 5);
}
END_TEST

/* Which values bound the interval, counted from either end: the tables of the sign test, at 5%. */
static void check_interval(int count, int from_the_end)
{
    double values[40];
    for (int i = 0; i < count; i++)
        values[i] = i + 1;
    struct spread spread = spread_of(values, count);
    ck_assert_double_eq(spread.low, from_the_end);
    ck_assert_double_eq(spread.high, count + 1 - from_the_end);
}

START_TEST(more_values_leave_the_outermost_out)
{
    check_interval(6, 1);
    check_interval(8, 1);
    check_interval(9, 2);
    check_interval(16, 4);
    check_interval(20, 6);
    check_interval(40, 14);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spread");
    TCase *tests = tcase_create("spread");
    tcase_add_test(tests, no_values_have_no_spread);
    tcase_add_test(tests, the_median_of_an_odd_number_is_the_middle_value);
    tcase_add_test(tests, the_median_of_an_even_number_lies_between_the_middle_values);
    tcase_add_test(tests, few_values_give_all_their_range);
    tcase_add_test(tests, more_values_leave_the_outermost_out);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
