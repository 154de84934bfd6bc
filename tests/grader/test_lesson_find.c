/* Tests of grader/lesson_find.c: which lessons there are, and which one the user means. */
#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

/* What lesson_find prints when it finds nothing; valid until the next call. */
static const char *refusal_of(const char *wanted)
{
    static char *text;
    size_t bytes;

    free(text);
    FILE *errors = open_memstream(&text, &bytes);
    ck_assert_ptr_null(lesson_find(wanted, errors));
    fclose(errors);
    return text;
}

static void ck_found(const char *wanted, const char *expected)
{
    char *id = lesson_find(wanted, stderr);

    ck_assert_str_eq(id, expected);
    free(id);
}

START_TEST(a_lesson_is_found_by_number_or_name)
{
    ck_found("3", "03-worker-pool");
    ck_found("03", "03-worker-pool");
    ck_found("03-worker-pool", "03-worker-pool");
    ck_found("2", "02-channels");
}
END_TEST

START_TEST(a_wrong_name_lists_the_lessons)
{
    ck_assert_str_eq(refusal_of("7"), "barista: there is no lesson \"7\"\n"
                                      "The lessons, by number or whole name:\n"
                                      "  02-channels\n"
                                      "  03-worker-pool\n");
}
END_TEST

START_TEST(a_misspelt_name_is_recognised)
{
    ck_assert_ptr_nonnull(
        strstr(refusal_of("03-worker-poll"),
               "there is no lesson \"03-worker-poll\"; did you mean 03-worker-pool?\n"));
}
END_TEST

START_TEST(only_a_whole_number_is_a_number)
{
    static const char *const wrong[] = {"",   "003", "3x",  "-3",        " 3",
                                        "3 ", "0",   "03-", "../lessons"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_ptr_nonnull(strstr(refusal_of(wrong[i]), "there is no lesson"));
}
END_TEST

START_TEST(without_lessons_the_place_is_wrong)
{
    enter_project("tests/grader/lessons/good/exercises");
    ck_assert_str_eq(refusal_of("3"),
                     "barista: there are no lessons here; go to the project's top folder, "
                     "which has the folder lessons/\n");
}
END_TEST

START_TEST(lessons_are_the_folders_with_a_number)
{
    enter_project(".");
    struct strings ids = lesson_ids(); /* the project's own, beside files and other folders */

    ck_assert_uint_ge(ids.count, 6);
    ck_assert_str_eq(ids.items[0], "00-first-task");
    for (size_t i = 0; i < ids.count; i++) {
        ck_assert(lesson_id_valid(ids.items[i]));
        if (i > 0)
            ck_assert_str_lt(ids.items[i - 1], ids.items[i]);
    }
    strings_release(&ids);
}
END_TEST

START_TEST(a_file_or_another_folder_is_no_lesson)
{
    shell(
        "mkdir -p lessons/04-select lessons/pictures lessons/.05-hidden && touch lessons/06-notes");
    struct strings ids = lesson_ids();

    ck_assert_uint_eq(ids.count, 1);
    ck_assert_str_eq(ids.items[0], "04-select");
    strings_release(&ids);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lesson_find");
    TCase *tests = tcase_create("lesson_find");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_lesson_is_found_by_number_or_name);
    tcase_add_test(tests, a_wrong_name_lists_the_lessons);
    tcase_add_test(tests, a_misspelt_name_is_recognised);
    tcase_add_test(tests, only_a_whole_number_is_a_number);
    tcase_add_test(tests, without_lessons_the_place_is_wrong);
    tcase_add_test(tests, lessons_are_the_folders_with_a_number);
    suite_add_tcase(suite, tests);

    TCase *scratch_tests = tcase_create("scratch");
    tcase_add_checked_fixture(scratch_tests, enter_scratch, leave_scratch);
    tcase_add_test(scratch_tests, a_file_or_another_folder_is_no_lesson);
    suite_add_tcase(suite, scratch_tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
