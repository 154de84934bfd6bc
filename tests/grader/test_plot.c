/* Tests of grader/plot.c and plot_svg.c: where lines and points come to lie. */
#include "plot.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "text.h"

static const int procs[] = {1, 2, 4, 8};

static struct plot plot_of(const struct plot_line *lines, int count)
{
    return (struct plot){.title = "gain",
                         .subtitle = "on procs",
                         .procs = procs,
                         .points = 4,
                         .lines = lines,
                         .lines_count = count};
}

static const struct plot_line two[] = {
    {'L', "linear", {1, 2, 4, 8}},
    {'H', "half as fast", {0.5, 0.5, 0.5, 0.5}},
};

START_TEST(a_straight_line_climbs_an_octave_an_octave)
{
    struct plot plot = plot_of(two, 2);
    char *text;
    PRINTED(text, plot_draw(&plot, out));
    ck_assert_str_eq(text, "      8 |                            llL\n"
                           "        |                       lllll\n"
                           "      4 |                  llLll\n"
                           "        |             lllll\n"
                           "      2 |        llLll\n"
                           "        |   lllll\n"
                           "      1 |Lll\n"
                           "        |\n"
                           "    1/2 |HhhhhhhhhhHhhhhhhhhhHhhhhhhhhhH\n"
                           "        ++---------+---------+---------+\n"
                           "         1         2         4         8 procs\n");
    free(text);
}
END_TEST

START_TEST(the_range_holds_all_values_and_one)
{
    static const struct {
        double values[4];
        int low, high;
    } cases[] = {
        {{1, 2, 4, 8}, 0, 3},          {{1, 2, 4, 8.1}, 0, 4},   {{1, 2, 4, 8.001}, 0, 3},
        {{0.3, 0.3, 0.3, 0.3}, -2, 1}, {{20, 20, 20, 20}, 0, 5}, {{1, 1, 1, 1}, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plot_line line = {'X', "x", {0}};
        memcpy(line.values, cases[i].values, sizeof cases[i].values);
        struct plot plot = plot_of(&line, 1);
        struct plot_range range = plot_range(&plot);
        ck_assert_int_eq(range.low, cases[i].low);
        ck_assert_int_eq(range.high, cases[i].high);
    }
}
END_TEST

/* How often `part` stands in `text`. */
static int count_of(const char *text, const char *part)
{
    int count = 0;
    while ((text = strstr(text, part)) != NULL) {
        count++;
        text += strlen(part);
    }
    return count;
}

START_TEST(a_picture_has_a_line_and_a_name_for_each_series)
{
    struct plot plot = plot_of(two, 2);
    char *text;
    PRINTED(text, plot_svg(&plot, out));
    ck_assert_int_eq(count_of(text, "<polyline"), 2);
    ck_assert_int_eq(count_of(text, "<circle"), 8);
    ck_assert_int_eq(count_of(text, ">linear</text>"), 1);
    ck_assert_int_eq(count_of(text, ">half as fast</text>"), 1);
    ck_assert_has(text, "<title>linear, 4 procs: 4.00</title>");
    ck_assert_has(text, ">1/2</text>");
    free(text);
}
END_TEST

/* The height at which a name is written. */
static double height_of_name(const char *text, const char *name)
{
    char *end = string_format(">%s</text>", name);
    const char *found = strstr(text, end);
    ck_assert_ptr_nonnull(found);
    while (strncmp(found, " y=\"", 4) != 0)
        found--;
    free(end);
    return atof(found + 4);
}

START_TEST(names_of_lines_that_end_together_are_one_below_the_other)
{
    static const struct plot_line lines[] = {{'A', "third", {1, 2, 4, 7.6}},
                                             {'B', "first", {1, 2, 4, 8}},
                                             {'C', "second", {1, 2, 4, 7.8}}};
    struct plot plot = plot_of(lines, 3);
    char *text;
    PRINTED(text, plot_svg(&plot, out));
    double first = height_of_name(text, "first"), second = height_of_name(text, "second");
    ck_assert_double_ge(second - first, 15);
    ck_assert_double_ge(height_of_name(text, "third") - second, 15);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plot");
    TCase *tests = tcase_create("plot");

    tcase_add_test(tests, a_straight_line_climbs_an_octave_an_octave);
    tcase_add_test(tests, the_range_holds_all_values_and_one);
    tcase_add_test(tests, a_picture_has_a_line_and_a_name_for_each_series);
    tcase_add_test(tests, names_of_lines_that_end_together_are_one_below_the_other);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
