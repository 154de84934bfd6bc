/* Tests of `barista run`, `debug`, `demo` and `reset`. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define POOL "exercises/03-worker-pool/pool.c"
#define SOLUTIONS "tests/submissions/03-worker-pool/"

/* ---- run, debug, demo ------------------------------------------------------------------------ */

START_TEST(run_prints_the_answer_for_the_lessons_input)
{
    check_command("run 3 --submission " SOLUTIONS "solution.c --procs 1 seed=1", 0, "payment  63",
                  "");
}
END_TEST

START_TEST(run_takes_the_students_input_before_the_lessons)
{
    struct outcome outcome = barista("run 3 --submission " SOLUTIONS "solution.c jobs=2");
    ck_assert_has(outcome.out, "payment   1");
    ck_assert_has_not(outcome.out, "payment   2");
    outcome_release(&outcome);
}
END_TEST

START_TEST(run_refuses_an_input_that_the_lesson_has_not)
{
    check_command("run 3 jbos=2", BARISTA_USAGE, "",
                  "lesson 03 has no input \"jbos\"; it has seed, jobs");
}
END_TEST

START_TEST(run_repeats_a_deadlock_with_its_exit_status)
{
    check_command("run 3 --submission " SOLUTIONS "wrong-deadlock.c", 101, "", "deadlock");
}
END_TEST

START_TEST(run_says_that_a_program_died_as_a_shell_does)
{
    check_command("run 3 --submission " SOLUTIONS "wrong-crash.c", 128 + 11, "", "");
}
END_TEST

START_TEST(run_shows_the_errors_of_what_does_not_compile)
{
    shell("echo 'int x' >" POOL);
    check_command("run 3", BARISTA_FAIL, "", POOL ":1:");
}
END_TEST

START_TEST(run_without_a_compiler_is_not_the_students_fault)
{
    struct outcome outcome = barista_with("env CC=no-such-compiler", "run 3");
    ck_assert_int_eq(outcome.status, BARISTA_INFRA);
    outcome_release(&outcome);
}
END_TEST

/* Puts a stand-in for a program before the real ones in PATH; it prints its name and arguments. */
static const char *stand_in(const char *name)
{
    char *command =
        string_format("mkdir bin && printf '#!/bin/sh\\necho stand-in \"$@\"\\n' >bin/%s && "
                      "chmod +x bin/%s",
                      name, name);
    shell(command);
    free(command);
    return "env PATH=\"$PWD/bin:$PATH\"";
}

START_TEST(debug_starts_gdb_on_the_program_and_its_input)
{
    struct outcome outcome = barista_with(stand_in("gdb"), "debug 3 --procs 2 jobs=5");
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_has(outcome.out, "stand-in -q -x runtime/gdb.py -ex echo Type run ");
    ck_assert_has(outcome.out, " --args /");
    ck_assert_has(outcome.out, " work=20 ");
    ck_assert_has(outcome.out, " jobs=5\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_debugger_that_is_not_there_is_told)
{
    shell("mkdir bin && ln -s \"$(command -v sh)\" \"$(command -v cc)\" \"$(command -v as)\" "
          "\"$(command -v ld)\" bin");
    struct outcome outcome = barista_with("env PATH=\"$PWD/bin\"", "debug 3");
    ck_assert_int_eq(outcome.status, 127);
    ck_assert_has(outcome.errors, "barista: cannot run gdb: ");
    outcome_release(&outcome);
}
END_TEST

START_TEST(demo_leaves_the_building_to_make)
{
    struct outcome outcome = barista_with(stand_in("make"), "demo 3 --procs 2");
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_has(outcome.out,
                  "stand-in --no-print-directory demo LESSON=03-worker-pool PROCS=2\n");
    outcome_release(&outcome);
}
END_TEST

/* ---- reset ----------------------------------------------------------------------------------- */

START_TEST(reset_restores_the_stub_and_keeps_the_work)
{
    shell("cp " POOL " stub.c && echo 'my work' >" POOL);
    check_command("reset 3", BARISTA_PASS, "Your work is kept in .barista/kept/03-worker-pool/",
                  "");
    shell("cmp stub.c " POOL);
    shell("test \"$(cat .barista/kept/03-worker-pool/*/pool.c)\" = 'my work'");
    shell("test \"$(ls exercises/03-worker-pool)\" = \"$(git ls-files exercises/03-worker-pool | "
          "xargs -n1 basename)\"");
}
END_TEST

START_TEST(two_resets_keep_both_works)
{
    shell("echo first >" POOL);
    check_command("reset 3", BARISTA_PASS, "", "");
    shell("echo second >" POOL);
    check_command("reset 3", BARISTA_PASS, "", "");
    shell("test $(cat .barista/kept/03-worker-pool/*/pool.c | sort | tr -d '\\n') = firstsecond");
}
END_TEST

START_TEST(an_untouched_exercise_needs_no_reset)
{
    check_command("reset 3", BARISTA_PASS, "There is nothing to reset", "");
    check_command("reset 3", BARISTA_PASS, "git log -- " POOL "\n", "");
    shell("test ! -e .barista");
}
END_TEST

START_TEST(work_that_cannot_be_kept_is_not_reset)
{
    shell("echo 'my work' >" POOL " && touch .barista");
    check_command("reset 3", BARISTA_INFRA, "",
                  "nothing was reset, because your work cannot be kept");
    shell("test \"$(cat " POOL ")\" = 'my work'");
}
END_TEST

START_TEST(without_an_original_nothing_is_reset)
{
    shell("rm -rf .git && echo 'my work' >" POOL);
    check_command("reset 3", BARISTA_INFRA, "", "git could not give the original of " POOL);
    shell("test \"$(cat " POOL ")\" = 'my work'");
}
END_TEST

static void add_run_tests(Suite *suite)
{
    TCase *tests = course_case(suite, "run");
    tcase_add_test(tests, run_prints_the_answer_for_the_lessons_input);
    tcase_add_test(tests, run_takes_the_students_input_before_the_lessons);
    tcase_add_test(tests, run_refuses_an_input_that_the_lesson_has_not);
    tcase_add_test(tests, run_repeats_a_deadlock_with_its_exit_status);
    tcase_add_test(tests, run_says_that_a_program_died_as_a_shell_does);
    tcase_add_test(tests, run_shows_the_errors_of_what_does_not_compile);
    tcase_add_test(tests, run_without_a_compiler_is_not_the_students_fault);
    tcase_add_test(tests, debug_starts_gdb_on_the_program_and_its_input);
    tcase_add_test(tests, a_debugger_that_is_not_there_is_told);
    tcase_add_test(tests, demo_leaves_the_building_to_make);
}

static void add_reset_tests(Suite *suite)
{
    TCase *tests = course_case(suite, "reset");
    tcase_add_test(tests, reset_restores_the_stub_and_keeps_the_work);
    tcase_add_test(tests, two_resets_keep_both_works);
    tcase_add_test(tests, an_untouched_exercise_needs_no_reset);
    tcase_add_test(tests, work_that_cannot_be_kept_is_not_reset);
    tcase_add_test(tests, without_an_original_nothing_is_reset);
}

int main(void)
{
    Suite *suite = suite_create("commands that run and reset");
    add_run_tests(suite);
    add_reset_tests(suite);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
