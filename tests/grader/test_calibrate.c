/* Tests of grader/calibrate.c: that the work is done, and shared out. How long it takes is the
 * machine's affair. */
#include "calibrate.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "sample.h"

static double children_cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

START_TEST(the_kernel_uses_the_cpu_time_that_it_was_sized_to)
{
    struct cpus cpus = cpus_allowed();
    struct spin spin = calibrate_size(1);
    double before = children_cpu_seconds();
    struct spin_time time = {0};
    ck_assert(calibrate_spin(&spin, &cpus, 1, &time, stderr));
    double used = children_cpu_seconds() - before;
    ck_assert_double_ge(time.cpu, 0.9 * used); /* some is for starting */
    ck_assert_double_le(time.cpu, 1.2 * used);
    ck_assert_double_ge(time.seconds, 0.9 * used); /* it cannot end before it has used it */
    ck_assert_double_ge(used, 0.01);
    ck_assert_double_le(used, 0.15);
}
END_TEST

/* Two that want the same CPU: each waits for half of the time. */
START_TEST(on_a_crowded_cpu_it_takes_longer_than_its_cpu_time)
{
    struct cpus cpus = cpus_allowed();
    struct spin spin = {.steps = 2 * calibrate_size(1).steps};
    struct spin_time time = {0};
    cpus.ids[1] = cpus.ids[0];
    ck_assert(calibrate_spin(&spin, &cpus, 2, &time, stderr));
    double each = time.cpu / 2;
    ck_assert_double_ge(time.seconds, 1.5 * each);
}
END_TEST

START_TEST(twice_the_steps_use_twice_the_cpu_time)
{
    struct cpus cpus = cpus_allowed();
    struct spin once = calibrate_size(1), twice = {.steps = 2 * once.steps};
    struct spin_time time;
    double start = children_cpu_seconds();
    ck_assert(calibrate_spin(&once, &cpus, 1, &time, stderr));
    double middle = children_cpu_seconds();
    ck_assert(calibrate_spin(&twice, &cpus, 1, &time, stderr));
    double end = children_cpu_seconds();
    ck_assert_double_ge(end - middle, 1.3 * (middle - start));
}
END_TEST

START_TEST(more_procs_get_more_work_so_that_each_part_can_be_timed)
{
    ck_assert_uint_gt(calibrate_size(64).steps, 4 * calibrate_size(2).steps);
}
END_TEST

START_TEST(no_child_is_left)
{
    struct cpus cpus = cpus_allowed();
    struct spin spin = {.steps = 1000};
    struct spin_time time;
    ck_assert(calibrate_spin(&spin, &cpus, cpus.count, &time, stderr));
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(a_cpu_that_is_not_there_is_an_error_and_leaves_no_child)
{
    struct cpus cpus = {.ids = {0, 1023}, .count = 2};
    struct spin spin = {.steps = 1000};
    struct spin_time time;
    bool timed;
    char *errors;
    PRINTED(errors, timed = calibrate_spin(&spin, &cpus, 2, &time, out));
    ck_assert(!timed);
    ck_assert_has(errors, "barista: cannot time the machine on 2 CPUs");
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    free(errors);
}
END_TEST

START_TEST(no_more_descriptors_is_an_error)
{
    struct cpus cpus = cpus_allowed();
    struct spin spin = {.steps = 1000};
    struct rlimit usual, none;
    struct spin_time time;
    bool timed;
    char *errors;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &usual), 0);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = usual.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    PRINTED(errors, timed = calibrate_spin(&spin, &cpus, 1, &time, out));
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &usual), 0);
    ck_assert(!timed);
    ck_assert_has(errors, "on 1 CPU: Too many open files");
    free(errors);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calibrate");
    TCase *tests = tcase_create("calibrate");
    tcase_add_test(tests, the_kernel_uses_the_cpu_time_that_it_was_sized_to);
    tcase_add_test(tests, on_a_crowded_cpu_it_takes_longer_than_its_cpu_time);
    tcase_add_test(tests, twice_the_steps_use_twice_the_cpu_time);
    tcase_add_test(tests, more_procs_get_more_work_so_that_each_part_can_be_timed);
    tcase_add_test(tests, no_child_is_left);
    tcase_add_test(tests, a_cpu_that_is_not_there_is_an_error_and_leaves_no_child);
    tcase_add_test(tests, no_more_descriptors_is_an_error);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
