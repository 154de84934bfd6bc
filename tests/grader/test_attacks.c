/* test_attacks.c - a few of the attacks in tests/attacks, and a few honest programs, in the best
 * sandbox that this machine offers.
 *
 * `make attacks` and `make honest` take all of them, in every tier. */
#include <check.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "text.h"

static char *build; /* the folder of the barista program */

static void run_briefly(const char *program)
{
    char *command =
        string_format("BUILD='%s' '%s/tests/attacks/%s' --short", build, build, program);
    int status = system(command);

    ck_assert(WIFEXITED(status));
    ck_assert_msg(WEXITSTATUS(status) == 0, "%s: exit status %d", command, WEXITSTATUS(status));
    free(command);
}

START_TEST(no_attack_gets_through)
{
    run_briefly("attacks");
}
END_TEST

START_TEST(no_honest_program_is_blocked)
{
    run_briefly("honest");
}
END_TEST

int main(void)
{
    const char *barista = getenv("BARISTA");
    char *path = string_copy(barista ? barista : "build/barista");
    Suite *suite = suite_create("attacks");
    TCase *tests = tcase_create("attacks");

    build = dirname(path);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, no_attack_gets_through);
    tcase_add_test(tests, no_honest_program_is_blocked);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    free(path);
    return failed ? 1 : 0;
}
