/* test_verdicts.c - a solution and a decoy are graded on one CPU, where little can be measured: the
 * short form of `make test-verdicts`. */
#include <check.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LESSON "tests/submissions/03-worker-pool/"

START_TEST(no_solution_fails_and_no_decoy_passes)
{
    char self[PATH_MAX] = "", command[2 * PATH_MAX];
    ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
    snprintf(command, sizeof command,
             "'%s/verdicts' --condition one-cpu --solutions 1 --decoys 1 " LESSON
             "solution.c " LESSON "wrong-not_parallel-turns.c",
             dirname(self));
    ck_assert_int_eq(system(command), 0);
}
END_TEST

/* The other way round the program must complain. */
START_TEST(a_decoy_that_is_called_a_solution_is_noticed)
{
    char self[PATH_MAX] = "", command[2 * PATH_MAX], folder[] = "/tmp/barista-test-XXXXXX";
    ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(
        command, sizeof command,
        "mkdir %s/03-worker-pool && cp " LESSON
        "wrong-not_parallel-turns.c %s/03-worker-pool/solution.c && '%s/verdicts' --condition "
        "one-cpu "
        "--solutions 1 --decoys 0 %s/03-worker-pool/solution.c; status=$?; rm -r %s; exit $status",
        folder, folder, dirname(self), folder, folder);
    ck_assert_int_ne(system(command), 0);
}
END_TEST

int main(void)
{
    TCase *verdicts = tcase_create("verdicts");
    tcase_set_timeout(verdicts, 240);
    tcase_add_test(verdicts, no_solution_fails_and_no_decoy_passes);
    tcase_add_test(verdicts, a_decoy_that_is_called_a_solution_is_noticed);
    Suite *suite = suite_create("verdicts");
    suite_add_tcase(suite, verdicts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
