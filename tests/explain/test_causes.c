/* test_causes.c - one program for each cause is explained rightly. `make test-explain` judges all. */
#include <check.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const programs[] = {
    "serialised_by_lock-all-of-it",
    "serialised_by_lock-token-channel",
    "critical_path-serial-end",
    "grain_too_small-value-per-send",
    "imbalance-three-parts",
    "io_not_overlapped-three-services",
    "memory_effect-neighbouring-counters",
    "spinning-taking-turns",
    "none-rows-of-mandelbrot",
};

START_TEST(the_cause_and_the_line_are_found)
{
    char self[PATH_MAX] = "", command[3 * PATH_MAX];
    ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
    snprintf(command, sizeof command, "'%s/explain' tests/explain/%s.c", dirname(self),
             programs[_i]);
    ck_assert_msg(system(command) == 0, "%s: failed", command);
}
END_TEST

int main(void)
{
    TCase *causes = tcase_create("causes");
    tcase_set_timeout(causes, 60);
    tcase_add_loop_test(causes, the_cause_and_the_line_are_found, 0,
                        (int)(sizeof programs / sizeof *programs));
    Suite *suite = suite_create("causes");
    suite_add_tcase(suite, causes);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
