/* Tests of `barista why`, and of why.c, source_lines.c and show_why.c below it. Whether the causes
 * are right is tested on many programs in tests/explain. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define POOLS "tests/submissions/03-worker-pool/"
#define WAITS "tests/submissions/01-waiting-overlaps/"

static json_t *explained(const char *arguments)
{
    char *all = string_format("why %s --json -", arguments);
    struct outcome outcome = barista(all);
    ck_assert_msg(outcome.status == 0, "%s: exit %d\n%s", all, outcome.status, outcome.errors);
    json_t *json = json_loads(outcome.out, 0, NULL);
    ck_assert_ptr_nonnull(json);
    outcome_release(&outcome);
    free(all);
    return json;
}

static const char *text_of(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));
    ck_assert_msg(text != NULL, "no %s", key);
    return text;
}

START_TEST(a_lock_is_named_with_its_line_and_what_would_be_without_it)
{
    json_t *json = explained("3 --submission " POOLS "wrong-not_parallel-one-lock.c");
    ck_assert_str_eq(text_of(json, "cause"), "serialised_by_lock");
    ck_assert_str_eq(text_of(json, "answer"), "synchronisation");
    ck_assert_has(text_of(json, "object"), "lock");
    ck_assert_has(text_of(json, "site"), "wrong-not_parallel-one-lock.c:");
    ck_assert_double_lt(json_number_value(json_object_get(json, "speedup")), 1.1);
    ck_assert_double_gt(json_number_value(json_object_get(json, "without")), 7);
    json_decref(json);
}
END_TEST

/* The inspector takes the lock first, to read two numbers. The tills, below, wrap while they have
 * it. */
START_TEST(of_a_locks_lines_the_one_is_named_that_holds_it_longest)
{
    json_t *json = explained("13 --submission tests/submissions/13-shared-state/"
                             "wrong-not_parallel-wrap-under-lock.c");
    ck_assert_has(text_of(json, "site"), "wrong-not_parallel-wrap-under-lock.c:17");
    ck_assert_double_gt(json_number_value(json_object_get(json, "without")), 7);
    json_decref(json);
}
END_TEST

/* A session refuses to sign for two tasks at once: without the lock nearly nothing would be
 * signed. */
START_TEST(a_lock_without_which_the_work_is_not_done_promises_nothing)
{
    json_t *json = explained("20 --submission tests/submissions/20-payment-signer/"
                             "wrong-not_parallel-one-session.c");
    ck_assert_str_eq(text_of(json, "cause"), "serialised_by_lock");
    ck_assert_double_eq(json_number_value(json_object_get(json, "without")), 0);
    json_decref(json);
}
END_TEST

START_TEST(a_wait_is_named_by_the_students_own_line)
{
    check_command("why 1 --submission " WAITS "wrong-not_overlapped.c", 0,
                  "called from wrong-not_overlapped.c:7\n", "");
}
END_TEST

/* rt_select waits in functions of its own, which are static and not inlined. */
START_TEST(functions_inside_the_runtime_are_left_out)
{
    check_command("why 16 --submission tests/submissions/16-cancellation/"
                  "wrong-not_overlapped-only-errors.c",
                  0, "\n      at harness.c:", "");
}
END_TEST

/* Most of what a task for each sale costs is to make it ready again and to take it from another
 * proc. */
START_TEST(too_small_a_grain_is_named_with_the_line_that_spawns)
{
    check_command("why 6 --submission tests/submissions/06-grain/"
                  "wrong-too_slow_serial-task-per-sale.c",
                  BARISTA_PASS,
                  "Scheduling: tasks or messages are too\n  small.\n\n      at "
                  "wrong-too_slow_serial-task-per-sale.c:33\n",
                  "");
}
END_TEST

START_TEST(what_scales_has_no_cause)
{
    json_t *json = explained("3 --submission " POOLS "solution.c");
    ck_assert_str_eq(text_of(json, "cause"), "none");
    ck_assert(json_is_null(json_object_get(json, "without")) || !json_object_get(json, "without"));
    json_decref(json);
}
END_TEST

START_TEST(both_ledgers_account_for_all_time)
{
    json_t *json = explained("3 --submission " POOLS "wrong-not_parallel.c --procs 4");
    json_t *runs = json_object_get(json, "runs"), *run, *ps;
    size_t i;
    ck_assert_uint_eq(json_array_size(runs), 2);
    json_array_foreach(runs, i, run) {
        const char *state;
        json_int_t sum = 0;
        json_object_foreach(json_object_get(run, "spent_ps"), state, ps)
            sum += json_integer_value(ps);
        ck_assert_int_eq(sum, json_integer_value(json_object_get(run, "procs")) *
                                  json_integer_value(json_object_get(run, "time_ps")));
    }
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(runs, 1), "procs")), 4);
    json_decref(json);
}
END_TEST

/* On one CPU no speedup can be seen: so this is decided in virtual time, always. */
START_TEST(a_check_fails_on_any_machine_and_says_why)
{
    struct outcome outcome = barista_with("taskset -c 0", "check 3 --submission " POOLS
                                                          "wrong-not_parallel-one-lock.c --json -");
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    json_t *json = json_loads(outcome.out, 0, NULL);
    json_t *check = json_array_get(json_object_get(json, "checks"), 3);
    json_t *cause = json_object_get(json_object_get(check, "evidence"), "cause");
    ck_assert_str_eq(text_of(check, "reason"), "not_parallel");
    ck_assert_has(text_of(check, "message"), "on 8 virtual procs, need 6");
    ck_assert_has(text_of(check, "message"), "make why LESSON=03 SUBMISSION=" POOLS "wrong-not");
    ck_assert_str_eq(text_of(cause, "code"), "serialised_by_lock");
    ck_assert_has(text_of(cause, "at"), "wrong-not_parallel-one-lock.c:");
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

/* In a course where it takes a millisecond to touch what another proc has touched, nothing scales;
 * on this machine the pool does. If that is too busy to tell, the shape fails all the same. */
START_TEST(a_machine_that_is_too_kind_has_not_the_last_word)
{
    shell("sed -i 's/^simulate:.*/simulate: {transfer: 900000000}/' "
          "lessons/03-worker-pool/lesson.yaml");
    struct outcome outcome = barista("check 3 --procs 2 --submission " POOLS "solution.c --json -");
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    json_t *json = json_loads(outcome.out, 0, NULL);
    json_t *check = json_array_get(json_object_get(json, "checks"), 3);
    json_t *evidence = json_object_get(check, "evidence");
    ck_assert_str_eq(text_of(check, "reason"), "not_parallel");
    ck_assert_has(text_of(check, "message"), "virtual procs, need");
    ck_assert_has(text_of(check, "message"), "the same on every machine");
    ck_assert_ptr_nonnull(json_object_get(evidence, "cause"));
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

START_TEST(what_is_right_stays_open_on_one_cpu)
{
    struct outcome outcome =
        barista_with("taskset -c 0", "check 3 --submission " POOLS "solution.c --json -");
    ck_assert_int_eq(outcome.status, 0);
    json_t *json = json_loads(outcome.out, 0, NULL);
    ck_assert_str_eq(text_of(json, "verdict"), "inconclusive");
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

START_TEST(lines_fit_a_terminal)
{
    struct outcome outcome =
        barista("why 3 --submission " POOLS "wrong-not_parallel-one-lock.c --procs 256");
    ck_assert_int_eq(outcome.status, 0);
    size_t most = 0;
    for (const char *line = outcome.out; *line != '\0'; line += strcspn(line, "\n") + 1)
        most = strcspn(line, "\n") > most ? strcspn(line, "\n") : most;
    ck_assert_uint_le(most, 96); /* of which the longest is the path and input of the submission */
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_program_that_ends_badly_is_told)
{
    check_command("why 3 --submission " POOLS "wrong-deadlock.c", BARISTA_FAIL, "", "rt: deadlock");
}
END_TEST

START_TEST(wrong_use_is_refused)
{
    check_command("why 3 --procs 1", BARISTA_USAGE, "", "2 procs or more");
    check_command("why 3 --procs 0", BARISTA_USAGE, "", "it must be a whole number");
    shell("sed -i '/^simulate/d' lessons/03-worker-pool/lesson.yaml");
    check_command("why 3", BARISTA_USAGE, "", "`simulate: {}` gives it the usual ones");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista why");
    TCase *tests = course_case(suite, "why");
    tcase_add_test(tests, a_lock_is_named_with_its_line_and_what_would_be_without_it);
    tcase_add_test(tests, of_a_locks_lines_the_one_is_named_that_holds_it_longest);
    tcase_add_test(tests, a_lock_without_which_the_work_is_not_done_promises_nothing);
    tcase_add_test(tests, a_wait_is_named_by_the_students_own_line);
    tcase_add_test(tests, functions_inside_the_runtime_are_left_out);
    tcase_add_test(tests, too_small_a_grain_is_named_with_the_line_that_spawns);
    tcase_add_test(tests, what_scales_has_no_cause);
    tcase_add_test(tests, both_ledgers_account_for_all_time);
    tcase_add_test(tests, a_check_fails_on_any_machine_and_says_why);
    tcase_add_test(tests, a_machine_that_is_too_kind_has_not_the_last_word);
    tcase_add_test(tests, what_is_right_stays_open_on_one_cpu);
    tcase_add_test(tests, lines_fit_a_terminal);
    tcase_add_test(tests, a_program_that_ends_badly_is_told);
    tcase_add_test(tests, wrong_use_is_refused);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
