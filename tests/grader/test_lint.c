/* Tests of grader/lint.c. Each test changes one thing in a copy of the good course. */
#include "lint.h"

#include <stdlib.h>

#include "lesson_fixture.h"
#include "result.h"

/* All that lint prints, mistakes first, and its exit status. */
static void ck_lint(int expected_status, const char *expected)
{
    char *mistakes, *summary;
    size_t mistakes_bytes, summary_bytes;
    FILE *errors = open_memstream(&mistakes, &mistakes_bytes);
    FILE *out = open_memstream(&summary, &summary_bytes);
    int status = lint_all(out, errors);

    fclose(errors);
    fclose(out);
    char *all = string_format("%s%s", mistakes, summary);
    ck_assert_str_eq(all, expected);
    ck_assert_int_eq(status, expected_status);
    free(all);
    free(summary);
    free(mistakes);
}

START_TEST(a_good_course_has_no_mistakes)
{
    ck_lint(BARISTA_PASS, "2 lessons, 0 mistakes\n");
}
END_TEST

START_TEST(a_submission_may_be_a_folder)
{
    shell("cd tests/submissions/03-worker-pool && rm solution.c wrong-deadlock.c &&"
          " mkdir solution-two-files wrong-deadlock-two-files");
    ck_lint(BARISTA_PASS, "2 lessons, 0 mistakes\n");
}
END_TEST

START_TEST(a_folder_of_submissions_may_have_a_readme_and_hidden_files)
{
    shell("cd tests/submissions/03-worker-pool && touch README.md .keep");
    ck_lint(BARISTA_PASS, "2 lessons, 0 mistakes\n");
}
END_TEST

START_TEST(mistakes_of_all_lessons_are_counted)
{
    shell("sed -i 's/^minutes: .*/minutes: 0/' lessons/*/lesson.yaml");
    ck_lint(BARISTA_USAGE, "lessons/02-channels/lesson.yaml:6:10: minutes: expected a whole number "
                           "from 1 to 600, found the number 0\n"
                           "lessons/03-worker-pool/lesson.yaml:6:10: minutes: expected a whole "
                           "number from 1 to 600, found the number 0\n"
                           "2 lessons, 2 mistakes\n");
}
END_TEST

START_TEST(text_demo_and_questions_must_exist)
{
    shell("cd lessons/03-worker-pool && rm lesson.md questions.yaml && : >demo.c");
    ck_lint(BARISTA_USAGE, "lessons/03-worker-pool/lesson.yaml:1:1: cannot find "
                           "lessons/03-worker-pool/lesson.md: No such file or directory; each "
                           "lesson has one\n"
                           "lessons/03-worker-pool/lesson.yaml:1:1: lessons/03-worker-pool/demo.c "
                           "must be a regular file that is not empty\n"
                           "lessons/03-worker-pool/lesson.yaml:1:1: cannot find "
                           "lessons/03-worker-pool/questions.yaml: No such file or directory; each "
                           "lesson has one\n"
                           "2 lessons, 3 mistakes\n");
}
END_TEST

START_TEST(mistakes_in_questions_are_counted)
{
    shell("echo 'schema: 2' >lessons/03-worker-pool/questions.yaml");
    ck_lint(
        BARISTA_USAGE,
        "lessons/03-worker-pool/questions.yaml:1:1: missing key \"predict\": expected a list of "
        "2 to 5 questions\n"
        "lessons/03-worker-pool/questions.yaml:1:1: missing key \"quiz\": expected a list of 3 to "
        "5 questions\n"
        "lessons/03-worker-pool/questions.yaml:1:9: schema: expected the number 1, found the "
        "number 2\n"
        "2 lessons, 3 mistakes\n");
}
END_TEST

START_TEST(a_lesson_without_a_file_is_a_mistake)
{
    shell("rm lessons/03-worker-pool/lesson.yaml");
    ck_lint(BARISTA_USAGE, "lessons/03-worker-pool/lesson.yaml:1:1: cannot read it: No such file "
                           "or directory\n"
                           "2 lessons, 1 mistake\n");
}
END_TEST

START_TEST(a_solution_and_three_decoys_are_needed)
{
    shell("cd tests/submissions/03-worker-pool && rm solution.c wrong-deadlock.c");
    ck_lint(BARISTA_USAGE, "lessons/03-worker-pool/lesson.yaml:1:1: "
                           "tests/submissions/03-worker-pool has no solution; at least one "
                           "(solution.c) is needed\n"
                           "lessons/03-worker-pool/lesson.yaml:1:1: "
                           "tests/submissions/03-worker-pool has 2 decoys (wrong-REASON.c) with a "
                           "known reason; at least 3 are needed\n"
                           "2 lessons, 2 mistakes\n");
}
END_TEST

/* The mistake of a decoy, up to the list of reasons that it may have. */
#define BAD_DECOY(name, text)                                                                      \
    "lessons/03-worker-pool/lesson.yaml:1:1: tests/submissions/03-worker-pool/" name ": " text     \
    "allowed are: build_error, forbidden_symbol, wrong_answer, crash, misuse, stack_overflow, "    \
    "timeout, output_limit, memory_limit, thread_limit, deadlock, leak, unbounded_tasks, "         \
    "race, lost_wake_up, lock_order, schedule_dependent, not_overlapped, not_parallel, "           \
    "too_slow_serial\n"                                                                            \
    "2 lessons, 1 mistake\n"

START_TEST(a_decoy_must_name_a_reason)
{
    shell("touch tests/submissions/03-worker-pool/wrong-dedlock-a.c");
    ck_lint(BARISTA_USAGE,
            BAD_DECOY("wrong-dedlock-a.c",
                      "no reason is called \"dedlock\"; did you mean \"deadlock\"? "));
}
END_TEST

START_TEST(a_decoy_cannot_blame_the_machine)
{
    shell("touch tests/submissions/03-worker-pool/wrong-noisy_machine.c");
    ck_lint(BARISTA_USAGE,
            BAD_DECOY("wrong-noisy_machine.c", "no reason is called \"noisy_machine\"; "));
}
END_TEST

START_TEST(anything_else_among_submissions_is_a_mistake)
{
    shell("touch tests/submissions/03-worker-pool/wrong-crash.o");
    ck_lint(BARISTA_USAGE, "lessons/03-worker-pool/lesson.yaml:1:1: "
                           "tests/submissions/03-worker-pool/wrong-crash.o: expected solution*.c, "
                           "wrong-REASON.c, wrong-REASON-VARIANT.c, or folders so called\n"
                           "2 lessons, 1 mistake\n");
}
END_TEST

START_TEST(a_number_is_used_once)
{
    shell("for d in lessons exercises tests/submissions; do cp -r $d/02-channels $d/02-pipes; done;"
          "sed -i 's/^id: .*/id: 02-pipes/' lessons/02-pipes/lesson.yaml");
    ck_lint(BARISTA_USAGE, "lessons/02-pipes/lesson.yaml:1:1: the number 02 is taken by "
                           "02-channels; give each lesson its own\n"
                           "3 lessons, 1 mistake\n");
}
END_TEST

START_TEST(folders_that_belong_to_no_lesson_are_mistakes)
{
    shell("mkdir exercises/03-worker-pol tests/submissions/09-gone && touch exercises/exercise.h");
    ck_lint(BARISTA_USAGE, "exercises/03-worker-pol:1:1: no lesson has this name; did you mean "
                           "03-worker-pool?\n"
                           "tests/submissions/09-gone:1:1: no lesson has this name; it must be the "
                           "name of a folder in lessons/\n"
                           "2 lessons, 2 mistakes\n");
}
END_TEST

START_TEST(a_lesson_in_a_misnamed_folder_is_not_overlooked)
{
    shell("cp -r lessons/02-channels lessons/4-select && mkdir lessons/pictures");
    ck_lint(BARISTA_USAGE, "lessons/4-select/lesson.yaml:1:1: the folder's name must be two "
                           "digits, a hyphen and a topic in lower case, such as 03-worker-pool\n"
                           "2 lessons, 1 mistake\n");
}
END_TEST

START_TEST(no_lessons_at_all_are_a_mistake)
{
    shell("rm -r lessons exercises tests");
    ck_lint(BARISTA_USAGE, "barista: there are no lessons here; go to the project's top folder, "
                           "which has the folder lessons/\n"
                           "0 lessons, 1 mistake\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lint");
    TCase *tests = tcase_create("lint");

    tcase_add_checked_fixture(tests, enter_copy_of_good_course, leave_scratch);
    tcase_add_test(tests, a_good_course_has_no_mistakes);
    tcase_add_test(tests, a_submission_may_be_a_folder);
    tcase_add_test(tests, a_folder_of_submissions_may_have_a_readme_and_hidden_files);
    tcase_add_test(tests, mistakes_of_all_lessons_are_counted);
    tcase_add_test(tests, text_demo_and_questions_must_exist);
    tcase_add_test(tests, mistakes_in_questions_are_counted);
    tcase_add_test(tests, a_lesson_without_a_file_is_a_mistake);
    tcase_add_test(tests, a_solution_and_three_decoys_are_needed);
    tcase_add_test(tests, a_decoy_must_name_a_reason);
    tcase_add_test(tests, a_decoy_cannot_blame_the_machine);
    tcase_add_test(tests, anything_else_among_submissions_is_a_mistake);
    tcase_add_test(tests, a_number_is_used_once);
    tcase_add_test(tests, folders_that_belong_to_no_lesson_are_mistakes);
    tcase_add_test(tests, a_lesson_in_a_misnamed_folder_is_not_overlooked);
    tcase_add_test(tests, no_lessons_at_all_are_a_mistake);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
