/* test_models.c - checks the smallest configuration of each model in runtime/models, where spin is
 * installed.
 *
 * `make models` checks all of them, and that the checker finds the mutants wrong. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "run.h"

/* Exit status of ci/models where spin is missing. */
#define NO_SPIN 3

static glob_t models;

START_TEST(no_order_of_steps_breaks_the_protocol)
{
    char model[64], command[256];

    ck_assert_int_eq(sscanf(models.gl_pathv[_i], "runtime/models/%63[^.]", model), 1);
    snprintf(command, sizeof command,
             "said=$(ci/models --short %s 2>&1) || { status=$?; echo \"$said\"; exit $status; }",
             model);
    int status = system(command);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_SPIN)
        printf("skipped: the model %s\n", model);
    else
        ck_assert_msg(WEXITSTATUS(status) == 0, "ci/models --short %s: exit status %d", model,
                      WEXITSTATUS(status));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("models");

    if (glob("runtime/models/*.pml", 0, NULL, &models) != 0) {
        fputs("run me in the project's folder: there is no runtime/models here\n", stderr);
        return EXIT_FAILURE;
    }
    tcase_add_loop_test(tests, no_order_of_steps_breaks_the_protocol, 0, (int)models.gl_pathc);
    return run_tests("models", tests);
}
