/* Tests of grader/matrix.c and show_matrix.c: from measured rounds to what is said of them. The
 * rounds are made up, so this says nothing about the machine that it runs on. */
#include "matrix.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "show_matrix.h"

/* Seconds that a kind of work takes: in sequence, on one proc, on two. */
struct times {
    double sequential, one, many;
};

static const struct times as_the_course_says[MATRIX_ROWS] = {
    [WORKLOAD_IO_BOUND] = {0.2, 0.0102, 0.0102},
    [WORKLOAD_CPU_BOUND] = {0.2, 0.2, 0.103},
    [WORKLOAD_MIXED] = {0.26, 0.13, 0.066},
    [WORKLOAD_COORDINATION] = {0.005, 0.009, 0.010},
};

/* Seven rounds on a machine with two quiet CPUs, in which times differ by some percent. */
static struct evidence rounds_of(const struct times *times, int procs)
{
    struct evidence evidence = {.procs = procs, .cpus = procs, .rounds_count = 7};
    for (int i = 0; i < evidence.rounds_count; i++) {
        double slower = 1 + 0.01 * i;
        evidence.rounds[i] = (struct round){
            .sequential = times->sequential * slower,
            .one = times->one,
            .many = procs > 1 ? times->many : 0,
        };
    }
    return evidence;
}

static struct matrix judged(const struct times times[MATRIX_ROWS], int procs)
{
    struct evidence evidence[MATRIX_ROWS];
    for (int row = 0; row < MATRIX_ROWS; row++)
        evidence[row] = rounds_of(&times[row], procs);
    struct matrix matrix;
    matrix_judge(evidence, &matrix);
    return matrix;
}

static char *shown(const struct matrix *measured, const struct matrix *simulated)
{
    char *text;
    PRINTED(text, show_matrix(measured, simulated, out));
    return text;
}

START_TEST(what_the_course_says_agrees_with_the_course)
{
    struct matrix matrix = judged(as_the_course_says, 2);
    ck_assert_int_eq(matrix_count(&matrix, AGREEMENT_YES), MATRIX_ROWS * COLUMNS);
    ck_assert_int_eq(matrix.dropped, 0);
    char *text = shown(&matrix, &matrix);
    ck_assert_has(text, "On this machine: 8 of 8 are as the course says.\n");
    ck_assert_has(text,
                  "  I/O-bound              1  20.2 +-3%            much faster  much faster\n");
    ck_assert_has(text, "                         2  2.00 +-3%      1.94  faster       faster\n");
    free(text);
}
END_TEST

START_TEST(each_gain_that_is_elsewhere_disagrees)
{
    static const struct {
        int row;
        struct times times;
        enum columns column;
    } other[] = {
        {WORKLOAD_IO_BOUND, {0.2, 0.19, 0.01}, COLUMN_ONE},
        {WORKLOAD_CPU_BOUND, {0.2, 0.1, 0.1}, COLUMN_ONE},
        {WORKLOAD_CPU_BOUND, {0.2, 0.2, 0.2}, COLUMN_MANY},
        {WORKLOAD_MIXED, {0.26, 0.26, 0.066}, COLUMN_ONE},
        {WORKLOAD_MIXED, {0.26, 0.05, 0.025}, COLUMN_ONE},
        {WORKLOAD_MIXED, {0.26, 0.13, 0.13}, COLUMN_MANY},
        {WORKLOAD_COORDINATION, {0.005, 0.009, 0.003}, COLUMN_MANY},
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        struct times times[MATRIX_ROWS];
        memcpy(times, as_the_course_says, sizeof times);
        times[other[i].row] = other[i].times;
        struct matrix matrix = judged(times, 2);
        ck_assert_int_eq(matrix_count(&matrix, AGREEMENT_NO), 1);
        ck_assert_int_eq(matrix.cells[other[i].row][other[i].column].agreement, AGREEMENT_NO);
        char *text = shown(&matrix, &matrix);
        ck_assert_has(text, " NO\n");
        ck_assert_has(text, "7 of 8 are as the course says; 1 is not (NO).\n");
        free(text);
    }
}
END_TEST

START_TEST(gains_on_both_sides_of_a_limit_decide_nothing)
{
    struct evidence evidence[MATRIX_ROWS];
    for (int row = 0; row < MATRIX_ROWS; row++)
        evidence[row] = rounds_of(&as_the_course_says[row], 2);
    for (int i = 0; i < 7; i++)
        evidence[WORKLOAD_COORDINATION].rounds[i].one = i % 2 ? 0.004 : 0.009;
    struct matrix matrix;
    matrix_judge(evidence, &matrix);
    ck_assert_int_eq(matrix_count(&matrix, AGREEMENT_OPEN), 1);
    char *text = shown(&matrix, &matrix);
    ck_assert_has(text, "7 of 8 are as the course says; 1 scatters too much to tell (?).\n");
    free(text);
}
END_TEST

/* Three of seven, in which the machine's host took CPUs away. */
START_TEST(rounds_in_which_the_machine_was_held_up_do_not_count)
{
    struct evidence evidence[MATRIX_ROWS];
    for (int row = 0; row < MATRIX_ROWS; row++)
        evidence[row] = rounds_of(&as_the_course_says[row], 2);
    for (int i = 0; i < 3; i++) {
        evidence[WORKLOAD_CPU_BOUND].rounds[i].steal = 0.4;
        evidence[WORKLOAD_CPU_BOUND].rounds[i].many *= 2;
        evidence[WORKLOAD_MIXED].rounds[i].many *= 2;
    }
    struct matrix matrix;
    matrix_judge(evidence, &matrix);
    ck_assert_int_eq(matrix.dropped, 3);
    ck_assert_double_gt(matrix.cells[WORKLOAD_CPU_BOUND][COLUMN_MANY].gain.low, 1.9);
    ck_assert_double_lt(matrix.cells[WORKLOAD_MIXED][COLUMN_MANY].gain.low, 2.1);
    char *text = shown(&matrix, &matrix);
    ck_assert_has(text,
                  "median of 4 rounds and how far it may be off; 3 more were too disturbed\n");
    free(text);
}
END_TEST

START_TEST(where_all_rounds_are_disturbed_nothing_is_decided)
{
    struct evidence evidence[MATRIX_ROWS];
    for (int row = 0; row < MATRIX_ROWS; row++) {
        evidence[row] = rounds_of(&as_the_course_says[row], 2);
        for (int i = 0; i < 7; i++)
            evidence[row].rounds[i].steal = 0.5;
    }
    struct matrix matrix;
    matrix_judge(evidence, &matrix);
    ck_assert_int_eq(matrix_count(&matrix, AGREEMENT_OPEN), MATRIX_ROWS * COLUMNS);
}
END_TEST

START_TEST(one_cpu_says_what_it_could_not_measure)
{
    struct matrix measured = judged(as_the_course_says, 1),
                  simulated = judged(as_the_course_says, 2);
    ck_assert_int_eq(matrix_count(&measured, AGREEMENT_YES), MATRIX_ROWS);
    char *text = shown(&measured, &simulated);
    ck_assert_has(text, "On one CPU, what several procs gain could not be measured.");
    ck_assert_has(text, "On this machine: 4 of 4 are as the course says.\n");
    free(text);
}
END_TEST

START_TEST(no_line_is_wider_than_a_terminal)
{
    struct times slow[MATRIX_ROWS] = {{20, 22, 21.5}, {20, 10, 22}, {20, 20, 25}, {20, 10, 10}};
    struct matrix matrix = judged(slow, 128);
    char *text = shown(&matrix, &matrix);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (strncmp(line, "On this machine: ", 17) != 0) /* the CPU's own name */
            ck_assert_msg(strlen(line) <= 80, "%zu columns: %s", strlen(line), line);
    free(text);
}
END_TEST

START_TEST(words_have_the_limits_of_the_legend)
{
    ck_assert_str_eq(matrix_words(0.89), "slower");
    ck_assert_str_eq(matrix_words(0.91), "same");
    ck_assert_str_eq(matrix_words(1.09), "same");
    ck_assert_str_eq(matrix_words(1.11), "faster");
    ck_assert_str_eq(matrix_words(2.99), "faster");
    ck_assert_str_eq(matrix_words(3.01), "much faster");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("matrix");
    TCase *tests = tcase_create("matrix");

    tcase_add_test(tests, what_the_course_says_agrees_with_the_course);
    tcase_add_test(tests, each_gain_that_is_elsewhere_disagrees);
    tcase_add_test(tests, gains_on_both_sides_of_a_limit_decide_nothing);
    tcase_add_test(tests, rounds_in_which_the_machine_was_held_up_do_not_count);
    tcase_add_test(tests, where_all_rounds_are_disturbed_nothing_is_decided);
    tcase_add_test(tests, one_cpu_says_what_it_could_not_measure);
    tcase_add_test(tests, no_line_is_wider_than_a_terminal);
    tcase_add_test(tests, words_have_the_limits_of_the_legend);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
