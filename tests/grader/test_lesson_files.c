/* Tests of grader/lesson.c: mistakes in what a lesson requires, in the files that it names, and with
 * its own. */
#include "lesson.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson_fixture.h"

/* ---- Other lessons and files ----------------------------------------------------------------- */

START_TEST(a_required_lesson_must_exist)
{
    ck_mistakes("requires: [02-channels]", "requires: [02-chanels]",
                "yaml:5:12: requires: expected a lesson with a lower number (02-channels), found "
                "\"02-chanels\"; did you mean \"02-channels\"?\n");
}
END_TEST

START_TEST(a_lesson_cannot_require_itself_or_a_later_one)
{
    ck_mistakes("requires: [02-channels]", "requires: [03-worker-pool]",
                "yaml:5:12: requires: expected a lesson with a lower number (02-channels), found "
                "\"03-worker-pool\"\n");
}
END_TEST

START_TEST(the_first_lesson_can_require_nothing)
{
    struct mistakes mistakes = {0};
    char *text = good_text();

    ck_assert_ptr_null(lesson_parse("00-first-task", text, strlen(text), &mistakes));
    ck_assert_ptr_nonnull(
        strstr(printed(&mistakes, "yaml"),
               "yaml:5:12: requires: expected a lesson with a lower number (there is "
               "none), found \"02-channels\"\n"));
    free(text);
}
END_TEST

START_TEST(every_file_must_exist)
{
    ck_mistakes("files: {student: [pool.c], readonly: [pool.h]}",
                "files: {student: [pol.c], readonly: [loop.h]}",
                "yaml:7:19: files: cannot find exercises/03-worker-pool/pol.c: No such file or "
                "directory\n"
                "yaml:7:38: files: cannot find exercises/03-worker-pool/loop.h: No such file or "
                "directory\n");
}
END_TEST

START_TEST(harness_and_oracle_must_exist)
{
    struct mistakes mistakes = {0};
    const char *text = "files: {student: [a.c]}";

    ck_assert_ptr_null(lesson_parse("09-no-exercise", text, strlen(text), &mistakes));
    const char *all = printed(&mistakes, "yaml");
    ck_assert_ptr_nonnull(
        strstr(all, "yaml:1:8: files: cannot find exercises/09-no-exercise/harness.c"));
    ck_assert_ptr_nonnull(
        strstr(all, "yaml:1:8: files: cannot find exercises/09-no-exercise/oracle.c"));
}
END_TEST

START_TEST(a_file_name_leads_nowhere_else)
{
#define EXPECTED                                                                                   \
    "yaml:7:19: student: expected the name of a .c or .h file in the exercise's folder, other "    \
    "than harness.c and oracle.c, found "
    ck_mistakes("[pool.c]", "[../pool.c]", EXPECTED "\"../pool.c\"\n");
    ck_mistakes("[pool.c]", "[/pool.c]", EXPECTED "\"/pool.c\"\n");
    ck_mistakes("[pool.c]", "[.pool.c]", EXPECTED "\".pool.c\"\n");
    ck_mistakes("[pool.c]", "[-pool.c]", EXPECTED "\"-pool.c\"\n");
    ck_mistakes("[pool.c]", "[pool.o]", EXPECTED "\"pool.o\"\n");
    ck_mistakes("[pool.c]", "[harness.c]", EXPECTED "\"harness.c\"\n");
#undef EXPECTED
}
END_TEST

START_TEST(readonly_files_are_headers)
{
    ck_mistakes(
        "[pool.h]", "[pool.c]",
        "yaml:7:39: readonly: expected the name of a .h file in the exercise's folder, found "
        "\"pool.c\"\n");
}
END_TEST

START_TEST(a_file_is_either_student_or_readonly)
{
    ck_mistakes("[pool.c]", "[pool.c, pool.h]",
                "yaml:7:8: files: pool.h is both student and readonly; it can be one of them\n");
}
END_TEST

START_TEST(the_student_needs_a_source_file)
{
    ck_mistakes("files: {student: [pool.c], readonly: [pool.h]}", "files: {student: [pool.h]}",
                "yaml:7:8: files: student has no .c file; expected at least one\n");
}
END_TEST

/* ---- The file itself ------------------------------------------------------------------------- */

/* What lesson_load prints about a lesson that it refuses; valid until the next call. */
static const char *errors_of(const char *id)
{
    static char *text;
    size_t bytes;

    free(text);
    FILE *errors = open_memstream(&text, &bytes);
    ck_assert_ptr_null(lesson_load(id, errors));
    fclose(errors);
    return text;
}

START_TEST(a_missing_file_is_reported)
{
    ck_assert_str_eq(
        errors_of("04-none"),
        "lessons/04-none/lesson.yaml:1:1: cannot read it: No such file or directory\n");
}
END_TEST

/* Where the lesson is to be, in a fresh folder. */
#define PATH "lessons/" GOOD_ID "/lesson.yaml"

static void enter_empty_course(void)
{
    enter_scratch();
    shell("mkdir -p lessons/" GOOD_ID);
}

START_TEST(a_file_that_is_no_regular_one_is_refused)
{
    static const char expected[] = PATH ":1:1: cannot read it: it must be a regular file\n";

    shell("mkfifo " PATH); /* opening it would wait for ever */
    ck_assert_str_eq(errors_of(GOOD_ID), expected);
    shell("rm " PATH " && mkdir " PATH);
    ck_assert_str_eq(errors_of(GOOD_ID), expected);
}
END_TEST

START_TEST(a_student_file_must_be_a_regular_one)
{
    static const char text[] = "files: {student: [pool.c]}";

    shell("mkdir -p exercises/" GOOD_ID "/pool.c");
    ck_assert_ptr_nonnull(strstr(mistakes_in(text, strlen(text)),
                                 "yaml:1:19: files: exercises/03-worker-pool/pool.c must be a "
                                 "regular file\n"));
}
END_TEST

START_TEST(a_file_that_may_not_be_read_is_reported)
{
    shell("touch " PATH " && chmod 0 " PATH);
    if (geteuid() == 0) /* root reads it all the same: it is empty */
        ck_assert_ptr_nonnull(strstr(errors_of(GOOD_ID), "lesson.yaml:1:1: the file is empty"));
    else
        ck_assert_str_eq(errors_of(GOOD_ID), PATH ":1:1: cannot read it: Permission denied\n");
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused)
{
    shell("head -c 65537 /dev/zero > " PATH);
    ck_assert_str_eq(errors_of(GOOD_ID),
                     PATH ":1:1: the file has 65537 bytes; at most 65536 are allowed\n");
}
END_TEST

START_TEST(five_mistakes_are_shown_in_one_pass)
{
    enter_project("tests/grader/lessons/bad");
    ck_assert_str_eq(
        errors_of(GOOD_ID), PATH
        ":3:1: unknown key \"titel\" in a lesson; did you mean \"title\"? allowed are: " KEYS
        "\n" PATH ":6:10: minutes: expected a whole number from 1 to 600, found \"soon\"\n" PATH
        ":7:19: files: cannot find exercises/03-worker-pool/pol.c: No such file or directory\n" PATH
        ":13:3: checks: the points sum to 90; they must sum to 100\n" PATH
        ":14:61: duplicate key \"points\": line 14 has it already; give each key once\n");
}
END_TEST

/* ---- All together ---------------------------------------------------------------------------- */

static TCase *file_tests(void)
{
    TCase *tests = tcase_create("files");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_required_lesson_must_exist);
    tcase_add_test(tests, a_lesson_cannot_require_itself_or_a_later_one);
    tcase_add_test(tests, the_first_lesson_can_require_nothing);
    tcase_add_test(tests, every_file_must_exist);
    tcase_add_test(tests, harness_and_oracle_must_exist);
    tcase_add_test(tests, a_file_name_leads_nowhere_else);
    tcase_add_test(tests, readonly_files_are_headers);
    tcase_add_test(tests, a_file_is_either_student_or_readonly);
    tcase_add_test(tests, the_student_needs_a_source_file);
    tcase_add_test(tests, a_missing_file_is_reported);
    tcase_add_test(tests, five_mistakes_are_shown_in_one_pass);
    return tests;
}

static TCase *scratch_tests(void)
{
    TCase *tests = tcase_create("scratch");

    tcase_add_checked_fixture(tests, enter_empty_course, leave_scratch);
    tcase_add_test(tests, a_file_that_is_no_regular_one_is_refused);
    tcase_add_test(tests, a_student_file_must_be_a_regular_one);
    tcase_add_test(tests, a_file_that_may_not_be_read_is_reported);
    tcase_add_test(tests, a_file_that_is_too_large_is_refused);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("lesson_files");

    suite_add_tcase(suite, file_tests());
    suite_add_tcase(suite, scratch_tests());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
