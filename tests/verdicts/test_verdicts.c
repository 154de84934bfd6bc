/* test_verdicts.c - a solution and a decoy are graded on one CPU, where little can be measured: the
 * short form of `make test-verdicts`. And no grading is lost among its workers. */
#include <check.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "workers.h"

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

/* ---- Workers --------------------------------------------------------------------------------- */

#define JOBS 100
#define DEADLY_JOB 41

static bool only_the_last_can_begin(void *context, int worker)
{
    const struct team *team = context;
    return worker == team->workers - 1;
}

static void pass(void *context, int job, struct tally *tally)
{
    (void)context;
    (void)job;
    tally->passed++;
}

static void die(void *context, int job, struct tally *tally)
{
    pass(context, job, tally);
    if (job == DEADLY_JOB)
        _exit(EXIT_FAILURE);
}

static void nothing(void *context)
{
    (void)context;
}

START_TEST(each_job_is_done_once_though_a_worker_cannot_begin)
{
    for (int workers = 1; workers <= 4; workers++) {
        struct team team = {workers, JOBS, only_the_last_can_begin, pass, nothing, &team};
        struct tally tally = {.failed = 2};
        workers_run(&team, &tally);
        ck_assert_int_eq(tally.passed, JOBS);
        ck_assert_int_eq(tally.failed, 2);
    }
}
END_TEST

START_TEST(what_a_worker_did_that_died_is_missing)
{
    struct team team = {1, JOBS, only_the_last_can_begin, die, nothing, &team};
    struct tally tally = {0};
    workers_run(&team, &tally);
    ck_assert_int_eq(tally.passed, 0);
}
END_TEST

int main(void)
{
    TCase *verdicts = tcase_create("verdicts");
    tcase_set_timeout(verdicts, 240);
    tcase_add_test(verdicts, no_solution_fails_and_no_decoy_passes);
    tcase_add_test(verdicts, a_decoy_that_is_called_a_solution_is_noticed);
    tcase_add_test(verdicts, each_job_is_done_once_though_a_worker_cannot_begin);
    tcase_add_test(verdicts, what_a_worker_did_that_died_is_missing);
    Suite *suite = suite_create("verdicts");
    suite_add_tcase(suite, verdicts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
