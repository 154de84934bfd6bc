/* Tests of `barista matrix`: the workloads of lessons/workloads in virtual time, which must be what
 * the course says on every machine. What a real machine measures is its own affair. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "result.h"
#include "sample.h"

/* The table of the course, word by word: a row for each kind of work on one proc and on eight, with
 * what the gain has to be in figures. */
static const struct {
    const char *work, *course, *verdict;
    double low, high;
} table[] = {
    {"I/O-bound", "much faster", "much faster", 19.5, 20},
    {"I/O-bound", "much faster", "much faster", 19.5, 20},
    {"CPU-bound", "same or slower", "same", 0.99, 1},
    {"CPU-bound", "faster", "much faster", 7.9, 8},
    {"mixed", "somewhat faster", "faster", 1.9, 2.1},
    {"mixed", "much faster", "much faster", 14, 16},
    {"coordination-heavy", "slower", "slower", 0.3, 0.5},
    {"coordination-heavy", "slower", "slower", 0.2, 0.35},
};
#define CELLS (sizeof table / sizeof *table)

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

START_TEST(virtual_time_agrees_with_the_course_in_each_cell)
{
    struct outcome outcome = barista("matrix --simulated --json -");
    ck_assert_msg(outcome.status == BARISTA_PASS, "exit %d\n%s", outcome.status, outcome.errors);
    json_t *json = json_loads(outcome.out, 0, NULL);
    json_t *cells = json_object_get(json_object_get(json, "simulated"), "cells");
    ck_assert_uint_eq(json_array_size(cells), CELLS);
    for (size_t i = 0; i < CELLS; i++) {
        json_t *cell = json_array_get(cells, i);
        double gain = json_real_value(json_object_get(cell, "gain"));
        ck_assert_str_eq(text_of(cell, "work"), table[i].work);
        ck_assert_int_eq(json_integer_value(json_object_get(cell, "procs")), i % 2 ? 8 : 1);
        ck_assert_str_eq(text_of(cell, "course"), table[i].course);
        ck_assert_str_eq(text_of(cell, "verdict"), table[i].verdict);
        ck_assert(json_is_true(json_object_get(cell, "agrees")));
        ck_assert_msg(gain >= table[i].low && gain <= table[i].high, "%s: %f", table[i].work, gain);
    }
    ck_assert(json_is_null(json_object_get(json, "measured")));
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

START_TEST(virtual_time_is_the_same_to_the_last_byte)
{
    const char *command = "matrix --simulated --json -";
    struct outcome first = barista(command), second = barista_with("taskset -c 0 env A=b", command);
    ck_assert_str_eq(first.out, second.out);
    outcome_release(&first);
    outcome_release(&second);
}
END_TEST

START_TEST(more_procs_than_cpus_are_refused)
{
    check_command("matrix --procs 256", BARISTA_USAGE, "", "--procs is 256, and only");
}
END_TEST

START_TEST(it_takes_no_lesson)
{
    check_command("matrix 3", BARISTA_USAGE, "", "matrix has no use for \"3\"");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista matrix");
    TCase *tests = course_case(suite, "matrix");

    tcase_add_test(tests, virtual_time_agrees_with_the_course_in_each_cell);
    tcase_add_test(tests, virtual_time_is_the_same_to_the_last_byte);
    tcase_add_test(tests, more_procs_than_cpus_are_refused);
    tcase_add_test(tests, it_takes_no_lesson);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
