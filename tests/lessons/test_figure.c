/* test_figure.c - the figures of a demo arrive where `make predict` reads them, to the last
 * digit. */
#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "demo_figures.h"
#include "figure.h"
#include "text.h"

static char *path; /* of the file for the figures */

static void name_a_file(void)
{
    const char *parent = getenv("TMPDIR");
    path = string_format("%s/barista-figures-XXXXXX", parent ? parent : "/tmp");
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(setenv(FIGURES_VARIABLE, path, 1), 0);
}

static void remove_the_file(void)
{
    unlink(path);
    free(path);
}

static struct demo_figures figures_in_file(void)
{
    struct demo_figures figures;
    char *text = file_read(path, NULL);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(demo_figures_parse(text, &figures), "these are no figures:\n%s", text);
    free(text);
    return figures;
}

START_TEST(figures_arrive_as_they_were_given)
{
    figure("third", 1.0 / 3);
    figure("tasks_2", 2000000);
    figure("nothing", 0);
    figure("tiny", 1.5e-300);
    struct demo_figures figures = figures_in_file();
    ck_assert_uint_eq(figures.names.count, 4);
    ck_assert_double_eq(*demo_figure(&figures, "third"), 1.0 / 3);
    ck_assert_double_eq(*demo_figure(&figures, "tasks_2"), 2000000);
    ck_assert_double_eq(*demo_figure(&figures, "nothing"), 0);
    ck_assert_double_eq(*demo_figure(&figures, "tiny"), 1.5e-300);
    ck_assert_ptr_null(demo_figure(&figures, "other"));
    demo_figures_release(&figures);
}
END_TEST

START_TEST(a_name_that_is_given_twice_is_noticed)
{
    struct demo_figures figures;
    figure("speedup", 1);
    figure("speedup", 2);
    char *text = file_read(path, NULL);
    ck_assert(!demo_figures_parse(text, &figures));
    free(text);
}
END_TEST

START_TEST(what_is_no_number_is_noticed)
{
    struct demo_figures figures;
    figure("speedup", 1.0 / 0.0);
    char *text = file_read(path, NULL);
    ck_assert(!demo_figures_parse(text, &figures));
    ck_assert(!demo_figures_parse("speedup 1 2\n", &figures));
    ck_assert(!demo_figures_parse("speedup\n", &figures));
    ck_assert(!demo_figures_parse(" 1\n", &figures));
    free(text);
}
END_TEST

START_TEST(a_demo_by_itself_writes_nothing)
{
    ck_assert_int_eq(unsetenv(FIGURES_VARIABLE), 0);
    figure("speedup", 1);
    struct demo_figures figures = figures_in_file();
    ck_assert_uint_eq(figures.names.count, 0);
    demo_figures_release(&figures);
}
END_TEST

START_TEST(a_figure_that_cannot_be_written_ends_the_program)
{
    ck_assert_int_eq(setenv(FIGURES_VARIABLE, "/dev/null/nowhere", 1), 0);
    figure("speedup", 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("figure");
    TCase *tests = tcase_create("figure");
    tcase_add_checked_fixture(tests, name_a_file, remove_the_file);
    tcase_add_test(tests, figures_arrive_as_they_were_given);
    tcase_add_test(tests, a_name_that_is_given_twice_is_noticed);
    tcase_add_test(tests, what_is_no_number_is_noticed);
    tcase_add_test(tests, a_demo_by_itself_writes_nothing);
    suite_add_tcase(suite, tests);

    TCase *ends = tcase_create("ends"); /* without a file: nobody would remove it */
    tcase_add_exit_test(ends, a_figure_that_cannot_be_written_ends_the_program, EXIT_FAILURE);
    suite_add_tcase(suite, ends);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
