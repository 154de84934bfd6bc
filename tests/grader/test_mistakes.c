/* Tests of grader/mistakes.c: order, format and the limit. */
#include "mistakes.h"

#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

START_TEST(mistakes_are_sorted_by_line_and_column)
{
    struct mistakes mistakes = {0};

    mistakes_add(&mistakes, 7, 2, "third");
    mistakes_add(&mistakes, 3, 9, "second");
    mistakes_add(&mistakes, 3, 1, "first");
    mistakes_add(&mistakes, 12, 1, "fourth");
    ck_assert_str_eq(printed(&mistakes, "a.yaml"),
                     "a.yaml:3:1: first\na.yaml:3:9: second\na.yaml:7:2: third\n"
                     "a.yaml:12:1: fourth\n");
}
END_TEST

START_TEST(mistakes_at_one_place_stay_in_the_order_of_adding)
{
    struct mistakes mistakes = {0};

    mistakes_add(&mistakes, 1, 1, "a");
    mistakes_add(&mistakes, 2, 1, "z");
    mistakes_add(&mistakes, 1, 1, "b");
    mistakes_add(&mistakes, 1, 1, "c");
    ck_assert_str_eq(printed(&mistakes, "f"), "f:1:1: a\nf:1:1: b\nf:1:1: c\nf:2:1: z\n");
}
END_TEST

START_TEST(a_flood_of_mistakes_is_cut_and_counted)
{
    struct mistakes mistakes = {0};

    for (int line = 1; line <= 1000; line++)
        mistakes_add(&mistakes, line, 1, "wrong %d", line);
    ck_assert_uint_eq(mistakes.count, 100);
    ck_assert_uint_eq(mistakes_total(&mistakes), 1000);
    const char *text = printed(&mistakes, "f");
    ck_assert_ptr_nonnull(strstr(text, "f:100:1: wrong 100\nf: 900 more mistakes are not shown\n"));
}
END_TEST

START_TEST(released_mistakes_are_none)
{
    struct mistakes mistakes = {0};

    mistakes_add(&mistakes, 1, 1, "a");
    mistakes_release(&mistakes);
    ck_assert_uint_eq(mistakes_total(&mistakes), 0);
    ck_assert_str_eq(printed(&mistakes, "f"), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mistakes");
    TCase *tests = tcase_create("mistakes");

    tcase_add_test(tests, mistakes_are_sorted_by_line_and_column);
    tcase_add_test(tests, mistakes_at_one_place_stay_in_the_order_of_adding);
    tcase_add_test(tests, a_flood_of_mistakes_is_cut_and_counted);
    tcase_add_test(tests, released_mistakes_are_none);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
