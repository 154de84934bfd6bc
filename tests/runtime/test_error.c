/* test_error.c - tests of rt_strerror. */
#include <check.h>
#include <limits.h>
#include <string.h>

#include "rt.h"
#include "run.h"

START_TEST(every_code_has_the_text_of_the_header)
{
#define ASSERT_TEXT(name, value, text)                                                             \
    ck_assert_int_eq(name, value);                                                                 \
    ck_assert_str_eq(rt_strerror(name), text);
    RT_ERRORS(ASSERT_TEXT)
#undef ASSERT_TEXT
}
END_TEST

START_TEST(no_two_codes_share_a_text)
{
    static const int codes[] = {
#define CODE(name, value, text) name,
        RT_ERRORS(CODE)
#undef CODE
    };

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        for (size_t j = 0; j < i; j++) {
            ck_assert_int_ne(codes[i], codes[j]);
            ck_assert_str_ne(rt_strerror(codes[i]), rt_strerror(codes[j]));
        }
    }
}
END_TEST

START_TEST(unknown_codes_have_a_text_too)
{
    static const int unknown[] = {1, -1000, INT_MAX, INT_MIN};

    for (int i = 0; i < 4; i++) {
        ck_assert_ptr_nonnull(rt_strerror(unknown[i]));
        ck_assert_uint_gt(strlen(rt_strerror(unknown[i])), 0);
        ck_assert_str_ne(rt_strerror(unknown[i]), rt_strerror(RT_OK));
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("error");

    tcase_add_test(tests, every_code_has_the_text_of_the_header);
    tcase_add_test(tests, no_two_codes_share_a_text);
    tcase_add_test(tests, unknown_codes_have_a_text_too);
    return run_tests("error", tests);
}
