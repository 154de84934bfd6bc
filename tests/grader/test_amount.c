/* Tests of grader/amount.c: numbers as people write and read them. */
#include "amount.h"

#include <check.h>
#include <stdlib.h>

static void ck_read(const char *text, const char *unit, double expected)
{
    double value = -1;
    ck_assert_msg(amount_parse(text, unit, &value), "\"%s\" is refused", text);
    ck_assert_double_eq_tol(value, expected, 1e-9);
}

static void ck_refused(const char *text, const char *unit)
{
    double value = -1;
    ck_assert_msg(!amount_parse(text, unit, &value), "\"%s\" is read as %g", text, value);
    ck_assert_double_eq(value, -1);
}

START_TEST(numbers_are_read_as_people_write_them)
{
    ck_read("2", "times", 2);
    ck_read("0.5", "times", 0.5);
    ck_read(".5", "times", 0.5);
    ck_read("0", "ms", 0);
    ck_read("~ 30", "ms", 30);
    ck_read("1e6", "tasks", 1e6);
    ck_read("1,200", "ms", 1200);
    ck_read("12,345,678", "ms", 12345678);
}
END_TEST

START_TEST(the_unit_may_follow)
{
    ck_read("150 ms", "ms", 150);
    ck_read("150MS", "ms", 150);
    ck_read("2x", "times", 2);
    ck_read("2 times", "times", 2);
    ck_refused("150 us", "ms");
    ck_refused("2x", "ms");
}
END_TEST

START_TEST(anything_else_is_refused)
{
    ck_refused("", "ms");
    ck_refused("many", "ms");
    ck_refused("-3", "ms");
    ck_refused("0x10", "ms");
    ck_refused("0x10", "times");
    ck_refused("inf", "ms");
    ck_refused("nan", "ms");
    ck_refused("1e999", "ms");
    ck_refused(".", "ms");
    ck_refused("1 2", "ms");
}
END_TEST

START_TEST(a_decimal_comma_is_not_dropped)
{
    ck_refused("2,5", "times");
    ck_refused("1,2000", "times");
    ck_refused(",200", "times");
}
END_TEST

static void ck_text(double value, const char *expected)
{
    char *text = amount_text(value);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(three_digits_are_shown_and_thousands_parted)
{
    ck_text(0, "0");
    ck_text(0.06942, "0.0694");
    ck_text(2, "2");
    ck_text(15.25, "15.2");
    ck_text(999.4, "999");
    ck_text(999.6, "1,000");
    ck_text(1523, "1,520");
    ck_text(65432, "65,400");
    ck_text(999999, "1,000,000");
    ck_text(123456789, "123,000,000");
}
END_TEST

START_TEST(near_means_within_a_factor_on_either_side)
{
    ck_assert(amount_is_near(1, 1.3, 1.3));
    ck_assert(amount_is_near(1.3, 1, 1.3));
    ck_assert(!amount_is_near(1, 1.31, 1.3));
    ck_assert(!amount_is_near(1.31, 1, 1.3));
    ck_assert(amount_is_near(0, 0, 2));
    ck_assert(!amount_is_near(0, 1, 2));
    ck_assert(!amount_is_near(1, 0, 2));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("amount");
    TCase *tests = tcase_create("amount");
    tcase_add_test(tests, numbers_are_read_as_people_write_them);
    tcase_add_test(tests, the_unit_may_follow);
    tcase_add_test(tests, anything_else_is_refused);
    tcase_add_test(tests, a_decimal_comma_is_not_dropped);
    tcase_add_test(tests, three_digits_are_shown_and_thousands_parted);
    tcase_add_test(tests, near_means_within_a_factor_on_either_side);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
