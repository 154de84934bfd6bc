/* Tests of grader/wrap.c: where lines are broken. */
#include "wrap.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static void check_wrapped(int indent, const char *text, const char *expected)
{
    char *wrapped;
    PRINTED(wrapped, wrap_print(out, indent, text));
    ck_assert_str_eq(wrapped, expected);
    free(wrapped);
}

#define WORDS_40 "four four four four four four four four "

START_TEST(short_lines_stay_and_end_with_a_newline)
{
    check_wrapped(2, "one\n\ntwo", "  one\n\n  two\n");
    check_wrapped(0, "one\n", "one\n");
    check_wrapped(0, "", "");
}
END_TEST

START_TEST(long_lines_break_between_words)
{
    check_wrapped(0, WORDS_40 WORDS_40 "four end",
                  WORDS_40 "four four four four four four four four\nfour end\n");
}
END_TEST

START_TEST(the_last_column_stays_free)
{
    check_wrapped(0, WORDS_40 "four four four four four four four four",
                  WORDS_40 "four four four four four four four four\n");
    check_wrapped(1, WORDS_40 "four four four four four four four four",
                  " " WORDS_40 "four four four four four four four\n four\n");
}
END_TEST

START_TEST(a_word_without_room_is_never_cut)
{
    char word[121], expected[140];
    memset(word, 'w', 120);
    word[120] = '\0';
    snprintf(expected, sizeof expected, "a\n%s\nb\n", word);
    char text[140];
    snprintf(text, sizeof text, "a %s b", word);
    check_wrapped(0, text, expected);
}
END_TEST

START_TEST(lines_that_start_with_four_spaces_stay_as_they_are)
{
    check_wrapped(0, "    " WORDS_40 WORDS_40 "end", "    " WORDS_40 WORDS_40 "end\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrap");
    TCase *tests = tcase_create("wrap");
    tcase_add_test(tests, short_lines_stay_and_end_with_a_newline);
    tcase_add_test(tests, long_lines_break_between_words);
    tcase_add_test(tests, the_last_column_stays_free);
    tcase_add_test(tests, a_word_without_room_is_never_cut);
    tcase_add_test(tests, lines_that_start_with_four_spaces_stay_as_they_are);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
