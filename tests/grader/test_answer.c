/* Tests of grader/answer.c: where two answers part, and which runs an answer check makes. */
#include "answer.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fake_program.h"
#include "lesson_fixture.h"
#include "sample.h"

/* ---- Comparing ------------------------------------------------------------------------------- */

static struct difference compare(const char *expected, const char *actual)
{
    struct difference difference;
    bool same = answer_same(expected, actual, &difference);
    ck_assert_int_eq(same, difference.line == 0);
    return difference;
}

START_TEST(equal_answers_are_the_same)
{
    struct difference difference = compare("1\n2\n3\n", "1\n2\n3\n");
    ck_assert_int_eq(difference.line, 0);
    ck_assert_int_eq(difference.matching, 3);
}
END_TEST

START_TEST(a_missing_last_newline_is_no_difference)
{
    ck_assert_int_eq(compare("1\n2\n", "1\n2").line, 0);
    ck_assert_int_eq(compare("", "").line, 0);
}
END_TEST

START_TEST(the_first_line_that_differs_is_told_and_the_others_counted)
{
    struct difference difference = compare("1\n2\n3\n4\n", "1\nx\n3\ny\n");
    ck_assert_int_eq(difference.line, 2);
    ck_assert_str_eq(difference.expected, "2");
    ck_assert_str_eq(difference.actual, "x");
    ck_assert_int_eq(difference.matching, 2);
    difference_release(&difference);
}
END_TEST

START_TEST(an_empty_line_is_not_the_end)
{
    struct difference difference = compare("1\n\n3\n", "1\n3\n");
    ck_assert_int_eq(difference.line, 2);
    ck_assert_str_eq(difference.expected, "");
    ck_assert_str_eq(difference.actual, "3");
    difference_release(&difference);
}
END_TEST

START_TEST(an_answer_that_ends_early_lacks_a_line)
{
    struct difference difference = compare("1\n2\n", "1\n");
    ck_assert_int_eq(difference.line, 2);
    ck_assert_str_eq(difference.expected, "2");
    ck_assert_ptr_null(difference.actual);
    difference_release(&difference);
}
END_TEST

START_TEST(an_answer_that_goes_on_has_a_line_too_many)
{
    struct difference difference = compare("1\n", "1\n2\n");
    ck_assert_ptr_null(difference.expected);
    ck_assert_str_eq(difference.actual, "2");
    difference_release(&difference);
}
END_TEST

START_TEST(control_bytes_are_made_visible)
{
    struct difference difference = compare("a\n", "\033[2J\n");
    ck_assert_str_eq(difference.actual, "\\x1b[2J");
    difference_release(&difference);
}
END_TEST

START_TEST(a_long_line_is_cut_where_the_difference_can_be_seen)
{
    char expected[201], actual[201];
    memset(expected, 'a', 200);
    memset(actual, 'a', 200);
    expected[200] = actual[200] = '\0';
    actual[150] = 'b';
    struct difference difference = compare(expected, actual);
    ck_assert_int_eq(strncmp(difference.actual, "...aaaa", 7), 0);
    ck_assert_ptr_nonnull(strchr(difference.actual, 'b'));
    ck_assert_ptr_null(strchr(difference.expected, 'b'));
    ck_assert_uint_eq(strchr(difference.actual, 'b') - difference.actual, strlen("...") + 20);
    ck_assert_uint_le(strlen(difference.actual), 56);
    difference_release(&difference);
}
END_TEST

START_TEST(both_lines_are_cut_at_the_same_place)
{
    struct difference difference =
        compare("site 573: page of site 573, 14228 bytes, checksum 84df9f41",
                "site 573: page of site 0, 0 bytes, checksum 00000000");
    ck_assert_str_eq(difference.expected,
                     "...e 573: page of site 573, 14228 bytes, checksum 84d...");
    ck_assert_str_eq(difference.actual, "...e 573: page of site 0, 0 bytes, checksum 00000000");
    difference_release(&difference);
}
END_TEST

START_TEST(a_long_line_that_differs_at_its_start_is_cut_at_its_end)
{
    char actual[201];
    memset(actual, 'a', 200);
    actual[200] = '\0';
    struct difference difference = compare("b", actual);
    ck_assert_int_eq(strncmp(difference.actual, "aaaa", 4), 0);
    ck_assert_str_eq(difference.actual + strlen(difference.actual) - 3, "...");
    difference_release(&difference);
}
END_TEST

/* ---- Checking -------------------------------------------------------------------------------- */

static const struct check check = {.id = "answer", .kind = CHECK_ANSWER, .points = 50, .seeds = 3};

/* What an answer check found in ./program. */
struct outcome {
    struct check_result result;
    char *printed, *errors;
    bool ok;
};

static struct outcome run_check(int procs)
{
    struct outcome outcome = {.result = {.check = &check}};
    struct trial trial = fake_trial(&check, procs);
    PRINTED(outcome.errors,
            outcome.ok = answer_check(&trial, 1, &outcome.result, &outcome.printed, out));
    return outcome;
}

static void outcome_release(struct outcome *outcome)
{
    difference_release(&outcome->result.difference);
    free(outcome->result.message);
    free(outcome->printed);
    free(outcome->errors);
}

START_TEST(each_seed_is_run_on_one_proc_and_on_n)
{
    fake_program("oracle", "answer \"$seed\\n\"");
    fake_program("program", "echo $seed $RT_PROCS >>runs; answer \"$seed\\n\"");
    struct outcome outcome = run_check(2);
    ck_assert(outcome.ok);
    ck_assert_int_eq(outcome.result.status, STATUS_PASS);
    ck_assert_double_eq(outcome.result.points, 50);
    shell("test $(wc -l <runs) = 6 && test $(cut -d' ' -f1 runs | sort -u | wc -l) = 3");
    shell("test \"$(cut -d' ' -f2 runs | tr -d '\\n')\" = 121212");
    outcome_release(&outcome);
}
END_TEST

START_TEST(with_one_proc_each_seed_is_run_once)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "echo $RT_PROCS >>runs; answer 1");
    struct outcome outcome = run_check(1);
    ck_assert_int_eq(outcome.result.status, STATUS_PASS);
    shell("test \"$(tr -d '\\n' <runs)\" = 111");
    outcome_release(&outcome);
}
END_TEST

START_TEST(an_answer_wrong_on_n_procs_only_tells_so)
{
    fake_program("oracle", "answer 'right\\n'");
    fake_program("program", "[ $RT_PROCS = 1 ] && answer 'right\\n' || answer 'wrong\\n'");
    struct outcome outcome = run_check(2);
    ck_assert(outcome.ok);
    ck_assert_int_eq(outcome.result.status, STATUS_FAIL);
    ck_assert_int_eq(outcome.result.reason, REASON_WRONG_ANSWER);
    ck_assert_double_eq(outcome.result.points, 0);
    ck_assert_int_eq(outcome.result.procs, 2);
    ck_assert_has(outcome.result.message, "(procs=1 passed)");
    ck_assert_str_eq(outcome.result.difference.actual, "wrong");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_run_that_dies_ends_the_check)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "echo >>runs; exit 101");
    struct outcome outcome = run_check(2);
    ck_assert_int_eq(outcome.result.reason, REASON_DEADLOCK);
    ck_assert_int_eq(outcome.result.procs, 1);
    shell("test $(wc -l <runs) = 1");
    outcome_release(&outcome);
}
END_TEST

START_TEST(leaks_are_looked_for)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "[ \"$RT_LEAKS\" = 1 ] || exit 1; answer 1");
    struct outcome outcome = run_check(1);
    ck_assert_int_eq(outcome.result.status, STATUS_PASS);
    outcome_release(&outcome);
}
END_TEST

START_TEST(what_was_printed_is_that_of_the_run_that_was_wrong)
{
    fake_program("oracle", "answer right");
    fake_program("program", "echo on $RT_PROCS; [ $RT_PROCS = 1 ] && answer right || answer wrong");
    struct outcome outcome = run_check(2);
    ck_assert_str_eq(outcome.printed, "on 2\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(what_was_printed_is_kept_from_the_first_run)
{
    fake_program("oracle", "answer right");
    fake_program("program", "echo on $RT_PROCS; answer right");
    struct outcome outcome = run_check(2);
    ck_assert_str_eq(outcome.printed, "on 1\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(an_oracle_without_an_answer_is_not_the_students_fault)
{
    fake_program("oracle", "echo the disk is full >&2; exit 110");
    fake_program("program", "answer 1");
    struct outcome outcome = run_check(1);
    ck_assert(!outcome.ok);
    ck_assert_has(outcome.errors, "the lesson's own answer could not be made");
    ck_assert_has(outcome.errors, "the disk is full");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_program_that_cannot_be_started_is_not_the_students_fault)
{
    fake_program("oracle", "answer 1");
    struct outcome outcome = run_check(1);
    ck_assert(!outcome.ok);
    ck_assert_str_ne(outcome.errors, "");
    outcome_release(&outcome);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("answer");
    TCase *comparing = tcase_create("comparing");
    tcase_add_test(comparing, equal_answers_are_the_same);
    tcase_add_test(comparing, a_missing_last_newline_is_no_difference);
    tcase_add_test(comparing, the_first_line_that_differs_is_told_and_the_others_counted);
    tcase_add_test(comparing, an_empty_line_is_not_the_end);
    tcase_add_test(comparing, an_answer_that_ends_early_lacks_a_line);
    tcase_add_test(comparing, an_answer_that_goes_on_has_a_line_too_many);
    tcase_add_test(comparing, control_bytes_are_made_visible);
    tcase_add_test(comparing, a_long_line_is_cut_where_the_difference_can_be_seen);
    tcase_add_test(comparing, both_lines_are_cut_at_the_same_place);
    tcase_add_test(comparing, a_long_line_that_differs_at_its_start_is_cut_at_its_end);
    suite_add_tcase(suite, comparing);

    TCase *checking = tcase_create("checking");
    tcase_add_checked_fixture(checking, enter_scratch, leave_scratch);
    tcase_add_test(checking, each_seed_is_run_on_one_proc_and_on_n);
    tcase_add_test(checking, with_one_proc_each_seed_is_run_once);
    tcase_add_test(checking, an_answer_wrong_on_n_procs_only_tells_so);
    tcase_add_test(checking, a_run_that_dies_ends_the_check);
    tcase_add_test(checking, leaks_are_looked_for);
    tcase_add_test(checking, what_was_printed_is_that_of_the_run_that_was_wrong);
    tcase_add_test(checking, what_was_printed_is_kept_from_the_first_run);
    tcase_add_test(checking, an_oracle_without_an_answer_is_not_the_students_fault);
    tcase_add_test(checking, a_program_that_cannot_be_started_is_not_the_students_fault);
    suite_add_tcase(suite, checking);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
