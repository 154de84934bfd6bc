/* Tests of grader/progress.c: done stays done, and what cannot be kept is no error. */
#include "progress.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson_fixture.h"
#include "sample.h"

#define ID "03-worker-pool"

/* Takes a grading into account in which the shape ended like this. */
static void record(struct progress *progress, enum status shape)
{
    struct result result = sample_result();
    check_settle(&result.checks[2], shape, REASON_NONE, NULL);
    result_conclude(&result);
    progress_record(progress, &result);
    result_release(&result);
}

START_TEST(nothing_is_done_at_first)
{
    struct progress progress = progress_load("kept");
    ck_assert(!progress_done(&progress, ID));
    ck_assert_double_lt(progress_best(&progress, ID), 0);
    ck_assert_int_eq(progress_hints(&progress, ID), 0);
    progress_release(&progress);
}
END_TEST

START_TEST(what_was_saved_is_loaded_again)
{
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_PASS);
    progress_set_hints(&progress, "00-first-task", 2);
    ck_assert(progress_save(&progress, stderr));
    progress_release(&progress);

    progress = progress_load("kept");
    ck_assert(progress_done(&progress, ID));
    ck_assert_double_eq(progress_best(&progress, ID), 100);
    ck_assert_int_eq(progress_hints(&progress, "00-first-task"), 2);
    ck_assert(!progress_done(&progress, "00-first-task"));
    progress_release(&progress);
}
END_TEST

START_TEST(a_failed_grading_keeps_the_best_score_and_done_is_done)
{
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_FAIL);
    ck_assert(!progress_done(&progress, ID));
    ck_assert_double_eq(progress_best(&progress, ID), 60);
    record(&progress, STATUS_PASS);
    record(&progress, STATUS_FAIL);
    ck_assert(progress_done(&progress, ID));
    ck_assert_double_eq(progress_best(&progress, ID), 100);
    progress_release(&progress);
}
END_TEST

START_TEST(an_inconclusive_grading_counts_as_done)
{
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_INCONCLUSIVE);
    ck_assert(progress_done(&progress, ID));
    progress_release(&progress);
}
END_TEST

START_TEST(an_error_changes_nothing)
{
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_ERROR);
    ck_assert(!progress_done(&progress, ID));
    ck_assert_double_lt(progress_best(&progress, ID), 0);
    progress_release(&progress);
}
END_TEST

START_TEST(hints_survive_a_grading)
{
    struct progress progress = progress_load("kept");
    progress_set_hints(&progress, ID, 3);
    record(&progress, STATUS_FAIL);
    ck_assert_int_eq(progress_hints(&progress, ID), 3);
    progress_release(&progress);
}
END_TEST

START_TEST(the_next_lesson_is_the_first_that_is_not_done)
{
    char *ids[] = {"00-first-task", ID, "04-parallel-primes"};
    struct strings lessons = {ids, 3}, only = {&ids[1], 1};
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_PASS);
    ck_assert_ptr_eq(progress_next(&progress, &lessons), ids[0]);
    ck_assert_ptr_null(progress_next(&progress, &only));
    progress_release(&progress);
}
END_TEST

START_TEST(of_answers_the_best_time_counts)
{
    struct progress progress = progress_load("kept");
    size_t right = 9, count = 9;
    ck_assert(!progress_answers(&progress, ID, PROGRESS_QUIZ, &right, &count));
    progress_record_answers(&progress, ID, PROGRESS_QUIZ, 2, 4);
    progress_record_answers(&progress, ID, PROGRESS_QUIZ, 3, 4);
    progress_record_answers(&progress, ID, PROGRESS_QUIZ, 1, 4);
    ck_assert(progress_save(&progress, stderr));
    progress_release(&progress);

    progress = progress_load("kept");
    ck_assert(progress_answers(&progress, ID, PROGRESS_QUIZ, &right, &count));
    ck_assert_uint_eq(right, 3);
    ck_assert_uint_eq(count, 4);
    ck_assert(!progress_answers(&progress, ID, PROGRESS_PREDICT, &right, &count));
    progress_release(&progress);
}
END_TEST

START_TEST(answers_to_other_questions_take_the_place_of_old_ones)
{
    struct progress progress = progress_load("kept");
    size_t right, count;
    progress_record_answers(&progress, ID, PROGRESS_QUIZ, 4, 4);
    progress_record_answers(&progress, ID, PROGRESS_QUIZ, 2, 3);
    ck_assert(progress_answers(&progress, ID, PROGRESS_QUIZ, &right, &count));
    ck_assert_uint_eq(right, 2);
    ck_assert_uint_eq(count, 3);
    progress_release(&progress);
}
END_TEST

START_TEST(whether_it_can_be_kept_is_known_before)
{
    ck_assert(progress_can_be_kept("kept"));
    shell("test ! -e kept && mkdir kept");
    ck_assert(progress_can_be_kept("kept"));
    shell("rmdir kept && touch kept");
    ck_assert(!progress_can_be_kept("kept"));
}
END_TEST

START_TEST(a_damaged_file_counts_as_none)
{
    shell("mkdir kept && echo '{\"lessons\": 7}' > kept/progress.json");
    struct progress progress = progress_load("kept");
    record(&progress, STATUS_PASS);
    ck_assert(progress_done(&progress, ID));
    ck_assert(progress_save(&progress, stderr));
    progress_release(&progress);
}
END_TEST

START_TEST(damaged_values_count_as_none)
{
    shell("mkdir kept && echo '{\"lessons\": {\"" ID "\": [1]}}' > kept/progress.json");
    struct progress progress = progress_load("kept");
    ck_assert(!progress_done(&progress, ID));
    ck_assert_int_eq(progress_hints(&progress, ID), 0);
    progress_set_hints(&progress, ID, 1);
    ck_assert_int_eq(progress_hints(&progress, ID), 1);
    progress_release(&progress);
}
END_TEST

/* A file in place of the folder stops root too, whom permissions do not stop. */
START_TEST(a_place_that_cannot_be_written_is_only_a_note)
{
    shell("touch kept");
    struct progress progress = progress_load("kept");
    char *notes;
    PRINTED(notes, ck_assert(!progress_save(&progress, out)));
    ck_assert_has(notes, "Note: what you have done is not kept: cannot write kept/progress.json");
    free(notes);
    progress_release(&progress);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("progress");
    TCase *tests = tcase_create("progress");
    tcase_add_checked_fixture(tests, enter_scratch, leave_scratch);
    tcase_add_test(tests, nothing_is_done_at_first);
    tcase_add_test(tests, what_was_saved_is_loaded_again);
    tcase_add_test(tests, a_failed_grading_keeps_the_best_score_and_done_is_done);
    tcase_add_test(tests, an_inconclusive_grading_counts_as_done);
    tcase_add_test(tests, an_error_changes_nothing);
    tcase_add_test(tests, hints_survive_a_grading);
    tcase_add_test(tests, the_next_lesson_is_the_first_that_is_not_done);
    tcase_add_test(tests, of_answers_the_best_time_counts);
    tcase_add_test(tests, answers_to_other_questions_take_the_place_of_old_ones);
    tcase_add_test(tests, whether_it_can_be_kept_is_known_before);
    tcase_add_test(tests, a_damaged_file_counts_as_none);
    tcase_add_test(tests, damaged_values_count_as_none);
    tcase_add_test(tests, a_place_that_cannot_be_written_is_only_a_note);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
