/* Tests of grader/lesson.c: what a lesson becomes, and each mistake that its
 * head can have. Mistakes of its files: test_lesson_files.c; of its checks: test_lesson_checks.c. */
#include "lesson.h"

#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

/* ---- Good lessons ---------------------------------------------------------------------------- */

START_TEST(a_lesson_is_read_whole)
{
    struct lesson *lesson = lesson_load(GOOD_ID, stderr);

    ck_assert_ptr_nonnull(lesson);
    ck_assert_str_eq(lesson->path, "lessons/03-worker-pool/lesson.yaml");
    ck_assert_str_eq(lesson->id, "03-worker-pool");
    ck_assert_str_eq(lesson->title, "A worker pool bounds the work");
    ck_assert_uint_eq(lesson->concepts.count, 2);
    ck_assert_str_eq(lesson->concepts.items[0], "worker pool");
    ck_assert_uint_eq(lesson->requires.count, 1);
    ck_assert_str_eq(lesson->requires.items[0], "02-channels");
    ck_assert_int_eq(lesson->minutes, 25);
    ck_assert_uint_eq(lesson->student.count, 1);
    ck_assert_str_eq(lesson->student.items[0], "pool.c");
    ck_assert_str_eq(lesson->readonly.items[0], "pool.h");
    ck_assert_str_eq(lesson->flags.items[0], "-Wshadow");
    ck_assert_int_eq(lesson->limits.wall_s, 9);
    ck_assert_int_eq(lesson->limits.cpu_s, 19);
    ck_assert_int_eq(lesson->limits.memory_mb, 511);
    ck_assert_int_eq(lesson->limits.output_kb, 255);
    ck_assert_uint_eq(lesson->hints.count, 3);
    ck_assert_str_eq(lesson->hints.items[1], "Each worker is one task, started once.");
    ck_assert_double_eq(lesson->max_points, 100);
    lesson_free(lesson);
}
END_TEST

START_TEST(what_may_be_left_out_has_its_default)
{
    struct lesson *lesson = lesson_load("02-channels", stderr);

    ck_assert_ptr_nonnull(lesson);
    ck_assert_uint_eq(lesson->requires.count, 0);
    ck_assert_uint_eq(lesson->readonly.count, 0);
    ck_assert_uint_eq(lesson->flags.count, 0);
    ck_assert_int_eq(lesson->limits.wall_s, 10);
    ck_assert_int_eq(lesson->limits.cpu_s, 20);
    ck_assert_int_eq(lesson->limits.memory_mb, 512);
    ck_assert_int_eq(lesson->limits.output_kb, 256);
    lesson_free(lesson);
}
END_TEST

START_TEST(the_example_in_the_readme_is_a_lesson)
{
    enter_project(".");
    char *readme = file_read("lessons/README.md", NULL);
    ck_assert_ptr_nonnull(readme);
    char *begin = strstr(readme, "```yaml\n");
    ck_assert_ptr_nonnull(begin);
    begin += strlen("```yaml\n");
    char *end = strstr(begin, "```");
    ck_assert_ptr_nonnull(end);

    ck_assert_str_eq(mistakes_in(begin, (size_t)(end - begin)), "");
    free(readme);
}
END_TEST

START_TEST(free_takes_no_lesson)
{
    lesson_free(NULL);
}
END_TEST

/* ---- Keys ------------------------------------------------------------------------------------ */

START_TEST(a_duplicate_key_is_refused)
{
    ck_mistakes("minutes: 25\n", "minutes: 25\nminutes: 26\n",
                "yaml:7:1: duplicate key \"minutes\": line 6 has it already; give each key once\n");
}
END_TEST

START_TEST(every_missing_key_is_named)
{
    ck_assert_str_eq(
        mistakes_in("{}", 2),
        "yaml:1:1: missing key \"schema\": expected the number 1\n"
        "yaml:1:1: missing key \"id\": expected two digits, a hyphen and a topic in lower case, "
        "such as "
        "03-worker-pool\n"
        "yaml:1:1: missing key \"title\": expected a line of at most 72 bytes\n"
        "yaml:1:1: missing key \"concepts\": expected a list of 1 to 20, each a few words, at most "
        "40 "
        "bytes\n"
        "yaml:1:1: missing key \"minutes\": expected a whole number from 1 to 600\n"
        "yaml:1:1: missing key \"files\": expected a mapping such as {student: [pool.c]}\n"
        "yaml:1:1: missing key \"hints\": expected a list of exactly 3, each a text of at most "
        "2000 "
        "bytes\n"
        "yaml:1:1: missing key \"checks\": expected a list of checks, such as - {kind: build, "
        "points: "
        "10}\n");
}
END_TEST

START_TEST(a_lesson_that_is_no_mapping_is_refused)
{
    ck_assert_str_eq(mistakes_in("- a\n", 4),
                     "yaml:1:1: the lesson: expected a mapping (key: value), found a list\n");
    ck_assert_str_eq(mistakes_in("---\n", 4),
                     "yaml:2:1: the lesson: expected a mapping (key: value), found nothing\n");
}
END_TEST

/* ---- Values ---------------------------------------------------------------------------------- */

START_TEST(another_schema_is_refused)
{
    ck_mistakes("schema: 1", "schema: 2",
                "yaml:1:9: schema: expected the number 1, found the number 2\n");
}
END_TEST

START_TEST(the_id_must_be_the_name_of_the_folder)
{
    ck_mistakes("id: 03-worker-pool", "id: 04-worker-pool",
                "yaml:2:5: id: expected 03-worker-pool, the name of the lesson's folder, found "
                "\"04-worker-pool\"\n");
}
END_TEST

START_TEST(the_id_must_have_the_form_of_one)
{
    static const char *const wrong[] = {"worker-pool", "3-worker-pool", "003-worker", "03-Worker",
                                        "03_worker",   "03-",           "03--pool",   "../worker"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *line = string_format("id: %s", wrong[i]);
        char *expected =
            string_format("yaml:2:5: id: expected two digits, a hyphen and a topic in lower "
                          "case, such as 03-worker-pool, found \"%s\"\n",
                          wrong[i]);
        ck_mistakes("id: 03-worker-pool", line, expected);
        free(expected);
        free(line);
    }
}
END_TEST

START_TEST(a_title_is_one_short_line)
{
    ck_mistakes("title: A worker pool bounds the work", "title: \"\"",
                "yaml:3:8: title: expected a line of at most 72 bytes, found \"\"\n");
    ck_mistakes("title: A worker pool bounds the work", "title: \"a\\nb\"",
                "yaml:3:8: title: expected a line of at most 72 bytes, found \"a b\"\n");
    ck_mistakes("title: A worker pool bounds the work",
                "title: 0123456789 123456789 123456789 123456789 123456789 123456789 123456789 123",
                "yaml:3:8: title: expected a line of at most 72 bytes, found "
                "\"0123456789 123456789 123456789 123456789...\"\n");
}
END_TEST

START_TEST(there_are_exactly_three_hints)
{
    ck_mistakes(
        "  - \"Each worker is one task, started once.\"\n", "",
        "yaml:11:3: hints: expected a list of exactly 3, each a text of at most 2000 bytes, "
        "found 2\n");
    ck_mistakes(
        "  - \"Each worker is one task, started once.\"\n", "  - one\n  - two\n",
        "yaml:11:3: hints: expected a list of exactly 3, each a text of at most 2000 bytes, "
        "found 4\n");
}
END_TEST

START_TEST(a_hint_must_say_something)
{
    ck_mistakes("\"Each worker is one task, started once.\"", "\" \"",
                "yaml:12:5: hints: expected a text of at most 2000 bytes, found \" \"\n");
}
END_TEST

START_TEST(a_hint_may_have_several_lines)
{
    ck_mistakes("\"Each worker is one task, started once.\"", "|\n    Two\n    lines", "");
}
END_TEST

START_TEST(each_limit_has_its_range)
{
    ck_mistakes("wall_s: 9,", "wall_s: 0,",
                "yaml:9:18: wall_s: expected a whole number from 1 to 600, found the number 0\n");
    ck_mistakes(
        "cpu_s: 19,", "cpu_s: 3601,",
        "yaml:9:28: cpu_s: expected a whole number from 1 to 3600, found the number 3601\n");
    ck_mistakes(
        "memory_mb: 511,", "memory_mb: 15,",
        "yaml:9:43: memory_mb: expected a whole number from 16 to 65536, found the number 15\n");
    ck_mistakes("output_kb: 255}", "output_kb: none}",
                "yaml:9:59: output_kb: expected a whole number from 1 to 65536, found \"none\"\n");
    ck_mistakes(
        "output_kb: 255}", "output: 255}",
        "yaml:9:48: unknown key \"output\" in limits; allowed are: wall_s, cpu_s, memory_mb, "
        "output_kb\n");
}
END_TEST

START_TEST(what_uses_sockets_runs_for_real_only)
{
    ck_mistakes("minutes: 25\n", "minutes: 25\nnetwork: loopback\n", "");
    ck_mistakes("minutes: 25\n", "minutes: 25\nnetwork: loopback\nsimulate: {}\n",
                "yaml:8:11: simulate: virtual time has no sockets, so a lesson with `network: "
                "loopback` can't have it\n");
    ck_mistakes("minutes: 25\n", "minutes: 25\nsimulate: {}\n", "");
}
END_TEST

START_TEST(a_flag_must_be_harmless)
{
#define EXPECTED "build: {flags: [-Wshadow]}"
#define FOUND(column, flag)                                                                        \
    "yaml:8:17: flags: expected a flag that begins with -W, -D, -U, -f, -m, -O or -std=, "         \
    "found \"" flag "\"\n"
    ck_mistakes(EXPECTED, "build: {flags: [shadow]}", FOUND(17, "shadow"));
    ck_mistakes(EXPECTED, "build: {flags: [-o]}", FOUND(17, "-o"));
    ck_mistakes(EXPECTED, "build: {flags: [-Wall -Wextra]}", FOUND(17, "-Wall -Wextra"));
    ck_mistakes(EXPECTED, "build: {flags: [-DN=3, -O1, -std=gnu11, -fno-inline]}", "");
#undef FOUND
#undef EXPECTED
}
END_TEST

/* ---- Hostile input --------------------------------------------------------------------------- */

START_TEST(a_lesson_cut_off_anywhere_is_refused_or_whole)
{
    char *text = good_text();

    for (size_t length = 0; length <= strlen(text); length++) {
        /* A copy of its own lets AddressSanitizer see a read beyond the end. */
        char *part = memory_new(length);
        memcpy(part, text, length);
        mistakes_in(part, length);
        free(part);
    }
    free(text);
}
END_TEST

START_TEST(a_lesson_with_any_byte_changed_is_refused_or_whole)
{
    static const char bytes[] = {'\0', '\t', '\n', ':', '-', '[', '{', '&', '*', '"', '!', '\xFF'};
    char *text = good_text();
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++) {
        char kept = text[i];
        text[i] = bytes[i % sizeof bytes];
        mistakes_in(text, length);
        text[i] = kept;
    }
    free(text);
}
END_TEST

/* ---- All together ---------------------------------------------------------------------------- */

static TCase *good_tests(void)
{
    TCase *tests = tcase_create("good");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_lesson_is_read_whole);
    tcase_add_test(tests, what_may_be_left_out_has_its_default);
    tcase_add_test(tests, the_example_in_the_readme_is_a_lesson);
    tcase_add_test(tests, free_takes_no_lesson);
    return tests;
}

static TCase *value_tests(void)
{
    TCase *tests = tcase_create("values");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_duplicate_key_is_refused);
    tcase_add_test(tests, every_missing_key_is_named);
    tcase_add_test(tests, a_lesson_that_is_no_mapping_is_refused);
    tcase_add_test(tests, another_schema_is_refused);
    tcase_add_test(tests, the_id_must_be_the_name_of_the_folder);
    tcase_add_test(tests, the_id_must_have_the_form_of_one);
    tcase_add_test(tests, a_title_is_one_short_line);
    tcase_add_test(tests, there_are_exactly_three_hints);
    tcase_add_test(tests, a_hint_must_say_something);
    tcase_add_test(tests, a_hint_may_have_several_lines);
    tcase_add_test(tests, each_limit_has_its_range);
    tcase_add_test(tests, what_uses_sockets_runs_for_real_only);
    tcase_add_test(tests, a_flag_must_be_harmless);
    return tests;
}

static TCase *hostile_tests(void)
{
    TCase *tests = tcase_create("hostile");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_lesson_cut_off_anywhere_is_refused_or_whole);
    tcase_add_test(tests, a_lesson_with_any_byte_changed_is_refused_or_whole);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("lesson");

    suite_add_tcase(suite, good_tests());
    suite_add_tcase(suite, value_tests());
    suite_add_tcase(suite, hostile_tests());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
