/* Tests of grader/fields.c, through the keys of a lesson: what each type of value may be. */
#include "fields.h"

#include "lesson_fixture.h"

/* All keys that a lesson may have. */
#define KEYS                                                                                       \
    "schema, id, title, concepts, requires, minutes, files, build, network, limits, simulate, "    \
    "hints, checks"

START_TEST(an_unknown_key_is_named_with_those_allowed)
{
    ck_mistakes("schema: 1\n", "schema: 1\nauthor: me\n",
                "yaml:2:1: unknown key \"author\" in a lesson; allowed are: " KEYS "\n");
}
END_TEST

START_TEST(a_misspelt_key_is_recognised)
{
    ck_mistakes("minutes: 25", "minuets: 25",
                "yaml:1:1: missing key \"minutes\": expected a whole number from 1 to 600\n"
                "yaml:6:1: unknown key \"minuets\" in a lesson; did you mean \"minutes\"? "
                "allowed are: " KEYS "\n");
}
END_TEST

START_TEST(a_number_must_be_whole_and_in_range)
{
#define EXPECTED "yaml:6:10: minutes: expected a whole number from 1 to 600, found "
    ck_mistakes("minutes: 25", "minutes: 0", EXPECTED "the number 0\n");
    ck_mistakes("minutes: 25", "minutes: 601", EXPECTED "the number 601\n");
    ck_mistakes("minutes: 25", "minutes: -5", EXPECTED "the number -5\n");
    ck_mistakes("minutes: 25", "minutes: 2.5", EXPECTED "the number 2.5\n");
    ck_mistakes("minutes: 25", "minutes: 025", EXPECTED "the number 025\n");
    ck_mistakes("minutes: 25", "minutes: 0x19", EXPECTED "the number 0x19\n");
    ck_mistakes("minutes: 25", "minutes: 99999999999999999999",
                EXPECTED "the number 99999999999999999999\n");
    ck_mistakes("minutes: 25", "minutes: soon", EXPECTED "\"soon\"\n");
    ck_mistakes("minutes: 25", "minutes: \"25\"", EXPECTED "\"25\"\n");
    ck_mistakes("minutes: 25", "minutes: [25]", EXPECTED "a list\n");
    ck_mistakes("minutes: 25", "minutes: ",
                "yaml:6:9: minutes: expected a whole number from 1 to 600, "
                "found nothing\n");
#undef EXPECTED
}
END_TEST

START_TEST(the_ends_of_a_range_are_allowed)
{
    ck_mistakes("minutes: 25", "minutes: 1", "");
    ck_mistakes("minutes: 25", "minutes: 600", "");
}
END_TEST

START_TEST(a_text_must_be_text)
{
    ck_mistakes(
        "title: A worker pool bounds the work", "title: {a: b}",
        "yaml:3:8: title: expected a line of at most 72 bytes, found a mapping (key: value)\n");
    ck_mistakes(
        "title: A worker pool bounds the work", "title: 42",
        "yaml:3:8: title: expected a line of at most 72 bytes (in quotes, to make it text), "
        "found the number 42\n");
    ck_mistakes(
        "title: A worker pool bounds the work", "title: No",
        "yaml:3:8: title: expected a line of at most 72 bytes (in quotes, to make it text), "
        "found the truth value No\n");
    ck_mistakes("title: A worker pool bounds the work", "title: ~",
                "yaml:3:8: title: expected a line of at most 72 bytes, found nothing\n");
    ck_mistakes("title: A worker pool bounds the work", "title: \"42\"", "");
}
END_TEST

START_TEST(a_list_must_be_a_list)
{
    ck_mistakes(
        "concepts: [worker pool, channels]", "concepts: channels",
        "yaml:4:11: concepts: expected a list of 1 to 20, each a few words, at most 40 bytes, "
        "found \"channels\"\n");
}
END_TEST

START_TEST(an_empty_list_is_refused_where_one_is_needed)
{
    ck_mistakes(
        "concepts: [worker pool, channels]", "concepts: []",
        "yaml:4:11: concepts: expected a list of 1 to 20, each a few words, at most 40 bytes, "
        "found 0\n");
}
END_TEST

START_TEST(an_item_given_twice_is_refused)
{
    ck_mistakes("concepts: [worker pool, channels]", "concepts: [channels, channels]",
                "yaml:4:22: concepts: \"channels\" is listed twice; once is allowed\n");
}
END_TEST

START_TEST(a_value_that_was_refused_brings_no_second_mistake)
{
    ck_mistakes("minutes: 25", "minutes: *x",
                "yaml:6:10: alias \"*x\": aliases are not allowed; write the value out\n");
    ck_mistakes("[worker pool, channels]", "[\"\\e\", channels]",
                "yaml:4:12: control character \\x1B; only printable text is allowed\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fields");
    TCase *tests = tcase_create("fields");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, an_unknown_key_is_named_with_those_allowed);
    tcase_add_test(tests, a_misspelt_key_is_recognised);
    tcase_add_test(tests, a_number_must_be_whole_and_in_range);
    tcase_add_test(tests, the_ends_of_a_range_are_allowed);
    tcase_add_test(tests, a_text_must_be_text);
    tcase_add_test(tests, a_list_must_be_a_list);
    tcase_add_test(tests, an_empty_list_is_refused_where_one_is_needed);
    tcase_add_test(tests, an_item_given_twice_is_refused);
    tcase_add_test(tests, a_value_that_was_refused_brings_no_second_mistake);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
