/* Tests of `barista curves`: each kind of work scales as the course says, on every machine. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "result.h"
#include "sample.h"

#define POINTS 7

/* Gains at 1, 2, 4, ... 64 procs of one kind of work. */
static void gains_of(const json_t *json, const char *work, double gains[POINTS])
{
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(json, "curves"), i, line) {
        if (strcmp(json_string_value(json_object_get(line, "work")), work) != 0)
            continue;
        json_t *points = json_object_get(line, "simulated");
        ck_assert_uint_eq(json_array_size(points), POINTS);
        for (size_t point = 0; point < POINTS; point++) {
            json_t *object = json_array_get(points, point);
            ck_assert_int_eq(json_integer_value(json_object_get(object, "procs")), 1 << point);
            gains[point] = json_real_value(json_object_get(object, "gain"));
        }
        return;
    }
    ck_abort_msg("no curve of %s", work);
}

START_TEST(each_kind_of_work_has_its_shape)
{
    struct outcome outcome = barista("curves --json -");
    ck_assert_msg(outcome.status == 0, "exit %d\n%s", outcome.status, outcome.errors);
    json_t *json = json_loads(outcome.out, 0, NULL);
    double waits[POINTS], computes[POINTS], mixed[POINTS], hands[POINTS], quarter[POINTS];
    gains_of(json, "I/O-bound", waits);
    gains_of(json, "CPU-bound", computes);
    gains_of(json, "mixed", mixed);
    gains_of(json, "coordination-heavy", hands);
    gains_of(json, "a quarter serial", quarter);
    for (int i = 0; i < POINTS; i++) {
        int n = 1 << i;
        ck_assert_double_eq_tol(waits[i], 20, 0.1);
        ck_assert_double_ge(computes[i], 0.9 * n);
        ck_assert_double_le(computes[i], n);
        ck_assert_double_eq_tol(quarter[i], 1 / (0.25 + 0.75 / n), 0.01 / (0.25 + 0.75 / n));
        ck_assert_double_lt(hands[i], 0.5);
        if (i > 0) { /* better on more procs, but less so with each step */
            ck_assert_double_gt(mixed[i], 1.4 * mixed[i - 1]);
            ck_assert_double_lt(mixed[i] / n, mixed[i - 1] / (n / 2));
            ck_assert_double_lt(hands[i], 0.9 * hands[0]);
        }
    }
    json_decref(json);
    outcome_release(&outcome);
}
END_TEST

START_TEST(the_plot_fits_a_terminal_and_the_picture_is_a_file)
{
    struct outcome outcome = barista("curves --svg curves.svg");
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_has(outcome.out, "    by Amdahl's law       1.00   1.60   2.29   2.91 ");
    ck_assert_has(outcome.out, "As a picture: curves.svg\n");
    for (char *line = strtok(outcome.out, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_msg(strlen(line) <= 80, "%zu columns: %s", strlen(line), line);
    char *svg = file_read("curves.svg", NULL);
    ck_assert_ptr_nonnull(svg);
    ck_assert_has(svg, "</svg>\n");
    free(svg);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_picture_that_cannot_be_written_is_told)
{
    check_command("curves --svg no/such/folder/x.svg", BARISTA_INFRA, "",
                  "cannot write no/such/folder/x.svg: No such file");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista curves");
    TCase *tests = course_case(suite, "curves");

    tcase_add_test(tests, each_kind_of_work_has_its_shape);
    tcase_add_test(tests, the_plot_fits_a_terminal_and_the_picture_is_a_file);
    tcase_add_test(tests, a_picture_that_cannot_be_written_is_told);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
