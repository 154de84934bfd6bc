/* Tests of grader/printable.c: what is shown as it is, and what as bytes. */
#include "printable.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *bytes, size_t length, const char *shown)
{
    char *text = printable(bytes, length);

    ck_assert_str_eq(text, shown);
    free(text);
}

static void expect_text(const char *text, const char *shown)
{
    expect(text, strlen(text), shown);
}

START_TEST(plain_text_stays_as_it_is)
{
    expect_text("", "");
    expect_text("two words\n\tand a line\n", "two words\n\tand a line\n");
}
END_TEST

START_TEST(letters_beyond_ascii_stay)
{
    expect_text("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
                "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
}
END_TEST

START_TEST(control_characters_are_shown)
{
    expect_text("\x1b[2J", "\\x1b[2J");
    expect_text("over\rwritten\b\a\x7f", "over\\x0dwritten\\x08\\x07\\x7f");
    expect("a\0b", 3, "a\\x00b");
}
END_TEST

START_TEST(control_characters_in_utf8_are_shown)
{
    expect_text("\xc2\x9b"
                "2J",
                "\\xc2\\x9b2J");
    expect_text("\xc2\xa0", "\xc2\xa0"); /* the first that is none */
}
END_TEST

START_TEST(reversed_writing_is_shown)
{
    expect_text("\xe2\x80\xae", "\\xe2\\x80\\xae");
    expect_text("\xe2\x81\xa6", "\\xe2\\x81\\xa6");
    expect_text("\xe2\x80\xaf", "\xe2\x80\xaf"); /* the next one is a space */
}
END_TEST

START_TEST(commands_to_a_ci_system_are_shown)
{
    expect_text("::error::x", "\\x3a:error::x");
    expect_text("a\n \t::error::x", "a\n \t\\x3a:error::x");
    expect_text("\xc2\xa0::error::x", "\xc2\xa0\\x3a:error::x"); /* a space, too */
    expect_text("x ##[add-mask]y", "x \\x23#[add-mask]y");
    expect_text("###[group]", "#\\x23#[group]");
    expect_text("x ##vso[task.complete]", "x \\x23#vso[task.complete]");
}
END_TEST

START_TEST(colons_and_hashes_stay_elsewhere)
{
    expect_text("std::sort [::1] a:b #define x(a) #a##b ####",
                "std::sort [::1] a:b #define x(a) #a##b ####");
    expect(":::", 1, ":");
    expect("##[", 2, "##");
}
END_TEST

/* Bytes that are not well-formed UTF-8. */
static const struct {
    const char *bytes, *shown;
} malformed[] = {
    {"\xff", "\\xff"},
    {"\x80", "\\x80"},                            /* continues nothing */
    {"\xc3", "\\xc3"},                            /* cut short */
    {"\xe2\x82", "\\xe2\\x82"},                   /* cut short */
    {"\xc3x", "\\xc3x"},                          /* not continued */
    {"\xc0\x9b", "\\xc0\\x9b"},                   /* an escape in two bytes */
    {"\xe0\x80\x9b", "\\xe0\\x80\\x9b"},          /* in three */
    {"\xe0\x81\x81", "\\xe0\\x81\\x81"},          /* an A */
    {"\xf0\x80\x80\x9b", "\\xf0\\x80\\x80\\x9b"}, /* in four */
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"},          /* a surrogate */
    {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, /* beyond the last character */
};

START_TEST(malformed_utf8_is_shown_as_bytes)
{
    expect_text(malformed[_i].bytes, malformed[_i].shown);
}
END_TEST

START_TEST(a_character_cut_by_the_end_is_not_read_beyond_it)
{
    expect("\xe2\x82\xac", 2, "\\xe2\\x82");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("printable");
    TCase *tests = tcase_create("printable");

    tcase_add_test(tests, plain_text_stays_as_it_is);
    tcase_add_test(tests, letters_beyond_ascii_stay);
    tcase_add_test(tests, control_characters_are_shown);
    tcase_add_test(tests, control_characters_in_utf8_are_shown);
    tcase_add_test(tests, reversed_writing_is_shown);
    tcase_add_test(tests, commands_to_a_ci_system_are_shown);
    tcase_add_test(tests, colons_and_hashes_stay_elsewhere);
    tcase_add_loop_test(tests, malformed_utf8_is_shown_as_bytes, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_test(tests, a_character_cut_by_the_end_is_not_read_beyond_it);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
