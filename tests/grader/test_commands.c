/* Tests of the barista program as its users meet it: command line, grading, progress, hints. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define POOL "exercises/03-worker-pool/pool.c"
#define SOLUTIONS "tests/submissions/03-worker-pool/"

/* ---- The command line ------------------------------------------------------------------------ */

START_TEST(a_misspelt_command_is_guessed)
{
    check_command("chek 03", BARISTA_USAGE, "",
                  "there is no command \"chek\"; did you mean check?");
    check_command("juggle", BARISTA_USAGE, "", "there is no command \"juggle\"; `barista help`");
}
END_TEST

START_TEST(without_a_command_the_help_is_shown)
{
    check_command("", BARISTA_USAGE, "", "barista check [LESSON]");
    check_command("help", BARISTA_PASS, "barista reset LESSON", "");
    check_command("--help", BARISTA_PASS, "Exit status: 0", "");
    check_command("--version", BARISTA_PASS, "barista ", "");
}
END_TEST

START_TEST(options_are_checked_for_sense)
{
    check_command("check 03 --procs 0", BARISTA_USAGE, "", "--procs is \"0\"; it must be");
    check_command("check 03 --procs two", BARISTA_USAGE, "", "--procs is \"two\"");
    check_command("check 03 --procs 257", BARISTA_USAGE, "", "from 1 to 256");
    check_command("check 03 --seed -1", BARISTA_USAGE, "", "--seed is \"-1\"");
    check_command("check 03 --nonsense", BARISTA_USAGE, "", "--nonsense");
    check_command("check 03 --mode x", BARISTA_USAGE, "", "`barista help` lists the options");
    check_command("check 03 --debug", BARISTA_USAGE, "", "barista: check takes no --debug");
    check_command("lint 03", BARISTA_USAGE, "", "barista: lint has no use for \"03\"");
    check_command("run 03 jobs", BARISTA_USAGE, "", "\"jobs\" is no input; inputs are name=value");
}
END_TEST

START_TEST(a_lesson_must_be_named_and_known)
{
    check_command("hint", BARISTA_USAGE, "", "barista: which lesson?");
    check_command("run", BARISTA_USAGE, "", "barista: which lesson?");
    check_command("demo", BARISTA_USAGE, "", "barista: which lesson?");
    check_command("reset ''", BARISTA_USAGE, "", "barista: which lesson?");
    check_command("check 77", BARISTA_USAGE, "", "there is no lesson \"77\"");
    check_command("debug 77", BARISTA_USAGE, "", "there is no lesson \"77\"");
}
END_TEST

START_TEST(a_submission_must_be_there)
{
    check_command("check 03 --submission nowhere", BARISTA_USAGE, "", "nowhere");
    check_command("run 03 --submission nowhere", BARISTA_USAGE, "", "nowhere");
}
END_TEST

/* ---- check ----------------------------------------------------------------------------------- */

START_TEST(the_untouched_stub_fails_and_is_told_where_to_begin)
{
    struct outcome outcome = barista("check 3");
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    ck_assert_has(outcome.out, " PASS  build");
    ck_assert_has(outcome.out, " FAIL  answer");
    ck_assert_has(outcome.out, POOL " still says TODO on line");
    ck_assert_has(outcome.out, " ----  shape      not run: needs answer");
    ck_assert_has(outcome.out, "Next: edit " POOL);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_solution_passes_on_one_cpu_without_losing_points)
{
    struct outcome outcome =
        barista_with("taskset -c 0", "check 3 --submission " SOLUTIONS "solution.c");
    ck_assert_msg(outcome.status == BARISTA_PASS, "%s%s", outcome.out, outcome.errors);
    ck_assert_has(outcome.out, " SKIP  shape      inconclusive");
    ck_assert_has(outcome.out, "40/40");
    ck_assert_has(outcome.out, "Score 100/100.");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_syntax_error_fails_the_build_and_skips_the_rest)
{
    shell("echo 'int x' >" POOL);
    struct outcome outcome = barista("check 3");
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    ck_assert_has(outcome.out, " FAIL  build      1 error");
    ck_assert_has(outcome.out, POOL ":1:");
    ck_assert_has(outcome.out, " ----  answer     not run: needs build");
    ck_assert_has(outcome.out, "Score 0/100.");
    outcome_release(&outcome);
}
END_TEST

START_TEST(json_goes_to_a_file_beside_the_screen)
{
    check_command("check 3 --json r.json --seed 5", BARISTA_FAIL, " FAIL  answer", "");
    json_t *json = json_load_file("r.json", 0, NULL);
    const char *verdict = NULL, *status = NULL, *reason = NULL, *file = NULL;
    json_int_t seed = 0, line = 0;
    json_t *answer = json_array_get(json_object_get(json, "checks"), 1);
    ck_assert_int_eq(
        json_unpack(json, "{s:s, s:{s:I}}", "verdict", &verdict, "seeds", "grading", &seed), 0);
    ck_assert_int_eq(json_unpack(answer, "{s:s, s:s, s:s, s:I}", "status", &status, "reason",
                                 &reason, "file", &file, "line", &line),
                     0);
    ck_assert_str_eq(verdict, "fail");
    ck_assert_int_eq(seed, 5);
    ck_assert_str_eq(status, "fail");
    ck_assert_str_eq(reason, "wrong_answer");
    ck_assert_str_eq(file, POOL);
    ck_assert_int_gt(line, 0);
    json_decref(json);
}
END_TEST

START_TEST(json_on_standard_output_sends_the_screen_elsewhere)
{
    struct outcome outcome = barista("check 3 --json -");
    json_t *json = json_loads(outcome.out, 0, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert_has(outcome.errors, " FAIL  answer");
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_file_that_cannot_be_written_is_told_before_anything_is_run)
{
    static const char *const commands[] = {"check 3 --json",   "sim 3 --json",  "why 3 --json",
                                           "explore 3 --json", "matrix --json", "curves --json",
                                           "curves --svg",     "trace 3 --html"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char *command = string_format("%s nowhere/r", commands[i]);
        struct outcome outcome = barista(command);
        ck_assert_int_eq(outcome.status, BARISTA_INFRA);
        ck_assert_str_eq(outcome.out, "");
        ck_assert_str_eq(outcome.errors, "barista: cannot write nowhere/r: No such file or "
                                         "directory; nothing was run\n");
        outcome_release(&outcome);
        free(command);
    }
}
END_TEST

/* The loop in README.md with which instructors grade a folder: here bob's and eve's do not compile,
 * and not.c is nothing that can be graded. */
START_TEST(a_folder_is_graded_as_the_readme_says_and_again_only_what_is_missing)
{
    shell("mkdir handed-in results && echo 'int x(' >handed-in/bob.c && touch handed-in/eve.c && "
          "ln -s bob.c handed-in/not.c");
    shell("sed -n '/^for file in handed-in/,/^done/p' "
          "\"$(dirname \"$(readlink -f Makefile)\")/README.md\" | "
          "sed \"s|build/barista|${BARISTA:-build/barista}|\" >loop && sh loop >said 2>errors");
    shell("test \"$(cat said)\" = 'not graded: handed-in/not.c' && "
          "grep -q 'symbolic link' errors && test \"$(echo results/*)\" = "
          "'results/bob.json results/eve.json'");
    shell("echo kept >results/bob.json && rm results/eve.json && sh loop >said 2>errors");
    shell("grep -q kept results/bob.json && grep -q '\"verdict\": \"fail\"' results/eve.json");
}
END_TEST

START_TEST(the_same_seed_gives_the_same_inputs)
{
    struct outcome first = barista("check 3 --seed 5"), second = barista("check 3 --seed 5");
    struct outcome other = barista("check 3 --seed 6");
    const char *place = strstr(first.out, "procs=1, seed ");
    ck_assert_ptr_nonnull(place);
    ck_assert_int_eq(strncmp(place, strstr(second.out, "procs=1, seed "), 20), 0);
    ck_assert_int_ne(strncmp(place, strstr(other.out, "procs=1, seed "), 20), 0);
    outcome_release(&first);
    outcome_release(&second);
    outcome_release(&other);
}
END_TEST

START_TEST(without_a_compiler_it_is_an_error_and_costs_nothing)
{
    struct outcome outcome = barista_with("env CC=no-such-compiler", "check 3 --json r.json");
    ck_assert_msg(outcome.status == BARISTA_INFRA, "%s%s", outcome.out, outcome.errors);
    ck_assert_has(outcome.out, " ERR   build      the grader could not go on");
    ck_assert_has(outcome.out, "This is not your fault");
    json_t *json = json_load_file("r.json", 0, NULL);
    ck_assert_str_eq(json_string_value(json_object_get(json, "verdict")), "error");
    ck_assert_double_eq(json_number_value(json_object_get(json, "score")), 100);
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

/* ---- Progress -------------------------------------------------------------------------------- */

START_TEST(the_list_names_the_next_lesson)
{
    check_command("list", BARISTA_PASS, " next  00", "");
    check_command("check", BARISTA_PASS, " done.   Next: read lessons/00-", "");
}
END_TEST

START_TEST(grading_the_own_exercise_is_remembered)
{
    check_command("check 3", BARISTA_FAIL, "", "");
    check_command("list", BARISTA_PASS, "10/100", "");
    shell("test -f .barista/progress.json");
}
END_TEST

START_TEST(grading_what_is_not_ones_own_is_not_remembered)
{
    check_command("check 3 --submission " SOLUTIONS "wrong-wrong_answer.c", BARISTA_FAIL, "", "");
    shell("test ! -e .barista");
}
END_TEST

START_TEST(a_lesson_file_with_a_mistake_does_not_hide_the_others)
{
    shell("sed -i 's/^minutes:.*/minutes: many/' lessons/03-worker-pool/lesson.yaml");
    check_command("list", BARISTA_USAGE, " 04 ", "lessons/03-worker-pool/lesson.yaml:");
    check_command("check 3", BARISTA_USAGE, "", "lessons/03-worker-pool/lesson.yaml:");
}
END_TEST

START_TEST(each_call_shows_one_hint_more)
{
    struct outcome first = barista("hint 3"), second = barista("hint 3");
    ck_assert_has(first.out, "Hint 1 of 3");
    ck_assert_has(first.out, "Still stuck?");
    ck_assert_has_not(first.out, "Hint 2 of 3");
    ck_assert_has(second.out, "Hint 1 of 3");
    ck_assert_has(second.out, "Hint 2 of 3");
    ck_assert_has_not(second.out, "Hint 3 of 3");
    ck_assert_has_not(second.out, "There are no more.");
    outcome_release(&first);
    outcome_release(&second);
    struct outcome third = barista("hint 3"), fourth = barista("hint 3");
    ck_assert_has(third.out, "Hint 3 of 3");
    ck_assert_has(third.out, "There are no more.");
    ck_assert_has_not(third.out, "Still stuck?");
    ck_assert_str_eq(third.out, fourth.out);
    outcome_release(&third);
    outcome_release(&fourth);
}
END_TEST

START_TEST(a_level_of_hints_can_be_chosen)
{
    check_command("hint 3 2", BARISTA_PASS, "Hint 2 of 3", "");
    check_command("hint 3 4", BARISTA_USAGE, "", "there is no hint \"4\"; levels are 1 to 3");
    check_command("hint 3 x", BARISTA_USAGE, "", "there is no hint \"x\"");
}
END_TEST

START_TEST(hints_work_where_nothing_can_be_kept)
{
    shell("touch .barista");
    check_command("hint 3", BARISTA_PASS, "Hint 1 of 3", "Note: what you have done is not kept");
}
END_TEST

START_TEST(lint_looks_at_all_lessons)
{
    shell("echo 'nonsense: 1' >>lessons/00-first-task/lesson.yaml");
    check_command("lint", BARISTA_USAGE, "", "lessons/00-first-task/lesson.yaml:");
}
END_TEST

static void add_check_tests(Suite *suite)
{
    TCase *tests = course_case(suite, "check");
    tcase_add_test(tests, the_untouched_stub_fails_and_is_told_where_to_begin);
    tcase_add_test(tests, a_solution_passes_on_one_cpu_without_losing_points);
    tcase_add_test(tests, a_syntax_error_fails_the_build_and_skips_the_rest);
    tcase_add_test(tests, json_goes_to_a_file_beside_the_screen);
    tcase_add_test(tests, json_on_standard_output_sends_the_screen_elsewhere);
    tcase_add_test(tests, a_file_that_cannot_be_written_is_told_before_anything_is_run);
    tcase_add_test(tests, a_folder_is_graded_as_the_readme_says_and_again_only_what_is_missing);
    tcase_add_test(tests, the_same_seed_gives_the_same_inputs);
    tcase_add_test(tests, without_a_compiler_it_is_an_error_and_costs_nothing);
}

static void add_progress_tests(Suite *suite)
{
    TCase *tests = course_case(suite, "progress");
    tcase_add_test(tests, the_list_names_the_next_lesson);
    tcase_add_test(tests, grading_the_own_exercise_is_remembered);
    tcase_add_test(tests, grading_what_is_not_ones_own_is_not_remembered);
    tcase_add_test(tests, a_lesson_file_with_a_mistake_does_not_hide_the_others);
    tcase_add_test(tests, each_call_shows_one_hint_more);
    tcase_add_test(tests, a_level_of_hints_can_be_chosen);
    tcase_add_test(tests, hints_work_where_nothing_can_be_kept);
    tcase_add_test(tests, lint_looks_at_all_lessons);
}

int main(void)
{
    Suite *suite = suite_create("commands");
    TCase *line = course_case(suite, "command line");
    tcase_add_test(line, a_misspelt_command_is_guessed);
    tcase_add_test(line, without_a_command_the_help_is_shown);
    tcase_add_test(line, options_are_checked_for_sense);
    tcase_add_test(line, a_lesson_must_be_named_and_known);
    tcase_add_test(line, a_submission_must_be_there);
    add_check_tests(suite);
    add_progress_tests(suite);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
