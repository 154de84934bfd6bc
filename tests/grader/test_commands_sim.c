/* Tests of `barista sim`, and of simulate.c and show_curve.c below it. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define POOLS "tests/submissions/03-worker-pool/"

/* The JSON that `barista sim` gives with these arguments. */
static json_t *simulated(const char *arguments)
{
    char *all = string_format("sim %s --json -", arguments);
    struct outcome outcome = barista(all);
    ck_assert_msg(outcome.status == 0, "%s: exit %d\n%s", all, outcome.status, outcome.errors);
    json_t *json = json_loads(outcome.out, 0, NULL);
    ck_assert_ptr_nonnull(json);
    outcome_release(&outcome);
    free(all);
    return json;
}

static double speedup(const json_t *json, size_t i)
{
    json_t *run = json_array_get(json_object_get(json, "simulated"), i);
    return json_real_value(json_object_get(run, "speedup"));
}

START_TEST(a_good_pool_scales_and_all_time_is_accounted_for)
{
    json_t *json = simulated("3 --submission " POOLS "solution.c --procs 1,2,8");
    ck_assert_double_eq(speedup(json, 0), 1);
    ck_assert_double_gt(speedup(json, 1), 1.9);
    ck_assert_double_gt(speedup(json, 2), 7.2);
    size_t i;
    json_t *run, *ps;
    json_array_foreach(json_object_get(json, "simulated"), i, run) {
        const char *state;
        json_int_t sum = 0;
        json_object_foreach(json_object_get(run, "spent_ps"), state, ps)
            sum += json_integer_value(ps);
        ck_assert_int_eq(sum, json_integer_value(json_object_get(run, "procs")) *
                                  json_integer_value(json_object_get(run, "time_ps")));
    }
    json_decref(json);
}
END_TEST

START_TEST(the_check_that_is_named_is_simulated)
{
    const char *lock_left =
        "21 --submission tests/submissions/21-bottleneck/wrong-not_parallel-lock-left.c --procs 2";
    const struct {
        const char *check;
        double low, high;
    } expected[] = {{"bookings", 0.9, 1.1}, {"report", 1.9, 2}};
    for (int i = 0; i < 2; i++) {
        char *arguments = string_format("%s --check %s", lock_left, expected[i].check);
        json_t *json = simulated(arguments);
        ck_assert_double_ge(speedup(json, 1), expected[i].low);
        ck_assert_double_le(speedup(json, 1), expected[i].high);
        json_decref(json);
        free(arguments);
    }
}
END_TEST

START_TEST(without_procs_1_it_is_still_compared_with_that)
{
    json_t *json = simulated("3 --submission " POOLS "solution.c --procs 4");
    ck_assert_uint_eq(json_array_size(json_object_get(json, "simulated")), 2);
    ck_assert_double_gt(speedup(json, 1), 3.8);
    json_decref(json);
}
END_TEST

START_TEST(the_lock_that_serialises_is_named)
{
    json_t *json = simulated("3 --submission " POOLS "wrong-not_parallel-one-lock.c --procs 1,8");
    json_t *run = json_array_get(json_object_get(json, "simulated"), 1);
    json_t *lock = json_array_get(json_object_get(run, "locks"), 0);
    ck_assert_double_lt(speedup(json, 1), 1.1);
    ck_assert_has(json_string_value(json_object_get(lock, "at")), ".c:");
    ck_assert_int_gt(json_integer_value(json_object_get(lock, "held_ps")),
                     json_integer_value(json_object_get(run, "time_ps")) / 10 * 8);
    json_decref(json);
}
END_TEST

static json_int_t span_ps(const json_t *json, size_t i)
{
    json_t *run = json_array_get(json_object_get(json, "simulated"), i);
    return json_integer_value(json_object_get(run, "span_ps"));
}

/* Whoever finds a timer of another proc due, the chain goes through what was slept. */
START_TEST(the_longest_chain_has_all_sleeps_in_it_on_any_number_of_procs)
{
    json_t *json = simulated("0 --submission tests/submissions/00-first-task/solution.c "
                             "--procs 1,4,64");
    ck_assert_int_ge(span_ps(json, 0), INT64_C(150000000000)); /* 5 words of 30 ms */
    ck_assert_int_eq(span_ps(json, 1), span_ps(json, 0));
    ck_assert_int_eq(span_ps(json, 2), span_ps(json, 0));
    json_decref(json);
}
END_TEST

/* On another number of CPUs and with other addresses. */
START_TEST(the_result_is_the_same_to_the_last_byte)
{
    const char *command = "sim 3 --submission " POOLS "solution.c --procs 1,3,64 --json -";
    struct outcome first = barista(command), second = barista_with("taskset -c 0 env A=b", command);
    ck_assert_int_eq(first.status, 0);
    ck_assert_str_eq(first.out, second.out);
    outcome_release(&first);
    outcome_release(&second);
}
END_TEST

START_TEST(a_curve_is_drawn_with_a_legend)
{
    check_command("sim 3 --submission " POOLS "solution.c --procs 1,2", 0, "      1 ", "");
    check_command("sim 3 --submission " POOLS "solution.c --procs 1,2", 0, "  #  computes\n", "");
}
END_TEST

START_TEST(a_deadlock_is_told_with_the_runtimes_report)
{
    check_command("sim 3 --submission " POOLS "wrong-deadlock.c", BARISTA_FAIL, "", "rt: deadlock");
}
END_TEST

START_TEST(wrong_numbers_of_procs_are_refused)
{
    static const char *const wrong[] = {"0", "257", "-1", "1,,2", "x", "1,2x", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *command = string_format("sim 3 --procs '%s'", wrong[i]);
        check_command(command, BARISTA_USAGE, "", "it must be a whole number from 1 to 256");
        free(command);
    }
}
END_TEST

START_TEST(other_commands_take_one_number_of_procs)
{
    check_command("check 3 --procs 1,2", BARISTA_USAGE, "", "check takes one number as --procs");
}
END_TEST

START_TEST(a_lesson_without_costs_says_how_to_give_it_some)
{
    shell("sed -i '/^simulate/d' lessons/03-worker-pool/lesson.yaml");
    check_command("sim 3", BARISTA_USAGE, "", "`simulate: {}` gives it the usual ones");
}
END_TEST

START_TEST(a_lesson_with_sockets_is_not_simulated)
{
    check_command("sim 17", BARISTA_USAGE, "", "it uses sockets, which virtual time has not\n");
    check_command("trace 17", BARISTA_USAGE, "", "make trace LESSON=17 REAL=1\n");
}
END_TEST

START_TEST(a_cost_that_is_none_is_a_mistake_of_the_lesson)
{
    shell("sed -i 's/^simulate: {}/simulate: {blok: 5, wake: -1}/' "
          "lessons/03-worker-pool/lesson.yaml");
    check_command("sim 3", BARISTA_USAGE, "", "blok");
    check_command("sim 3", BARISTA_USAGE, "", "wake: expected");
}
END_TEST

START_TEST(a_lessons_costs_count)
{
    json_t *usual = simulated("3 --submission " POOLS "solution.c --procs 1");
    shell("sed -i 's/^simulate: {}/simulate: {block: 16500}/' lessons/03-worker-pool/lesson.yaml");
    json_t *slow = simulated("3 --submission " POOLS "solution.c --procs 1");
    json_t *one = json_array_get(json_object_get(usual, "simulated"), 0);
    json_t *other = json_array_get(json_object_get(slow, "simulated"), 0);
    ck_assert_int_gt(json_integer_value(json_object_get(other, "time_ps")),
                     5 * json_integer_value(json_object_get(one, "time_ps")));
    json_decref(usual);
    json_decref(slow);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista sim");
    TCase *tests = course_case(suite, "sim");

    tcase_add_test(tests, a_good_pool_scales_and_all_time_is_accounted_for);
    tcase_add_test(tests, the_check_that_is_named_is_simulated);
    tcase_add_test(tests, without_procs_1_it_is_still_compared_with_that);
    tcase_add_test(tests, the_lock_that_serialises_is_named);
    tcase_add_test(tests, the_longest_chain_has_all_sleeps_in_it_on_any_number_of_procs);
    tcase_add_test(tests, the_result_is_the_same_to_the_last_byte);
    tcase_add_test(tests, a_curve_is_drawn_with_a_legend);
    tcase_add_test(tests, a_deadlock_is_told_with_the_runtimes_report);
    tcase_add_test(tests, wrong_numbers_of_procs_are_refused);
    tcase_add_test(tests, other_commands_take_one_number_of_procs);
    tcase_add_test(tests, a_lesson_without_costs_says_how_to_give_it_some);
    tcase_add_test(tests, a_lesson_with_sockets_is_not_simulated);
    tcase_add_test(tests, a_cost_that_is_none_is_a_mistake_of_the_lesson);
    tcase_add_test(tests, a_lessons_costs_count);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
