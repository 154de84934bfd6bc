/* Tests of grader/machine.c, on prepared copies of the kernel's files. */
#include "machine.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

static const struct cpus first_two = {.ids = {0, 1}, .count = 2};
static const struct cpus second = {.ids = {1}, .count = 1};

static void put(const char *path, const char *text)
{
    char *command = string_format("mkdir -p $(dirname %s) && printf '%s' >%s", path, text, path);
    shell(command);
    free(command);
}

/* ---- Steal ----------------------------------------------------------------------------------- */

START_TEST(steal_is_the_share_of_ticks_that_were_stolen)
{
    put("proc/stat", "cpu  9 9 9 9 9 9 9 9 0 0\\ncpu0 10 0 0 90 0 0 0 0 0 0\\n"
                     "cpu1 50 0 0 50 0 0 0 0 0 0\\ncpu2 1 1 1 1 1 1 1 999 0 0\\nintr 5\\n");
    struct machine_sample before = machine_sample_take(".", &first_two);
    put("proc/stat", "cpu0 20 0 0 170 0 0 0 10 0 0\\ncpu1 110 0 0 90 0 0 0 0 0 0\\n"
                     "cpu2 1 1 1 1 1 1 1 2000 0 0\\n");
    struct machine_sample after = machine_sample_take(".", &first_two);
    ck_assert_double_eq_tol(machine_steal(&before, &after), 10.0 / 200, 1e-9);
}
END_TEST

START_TEST(other_cpus_do_not_matter)
{
    put("proc/stat", "cpu0 1 0 0 1 0 0 0 5 0 0\\ncpu1 1 0 0 1 0 0 0 0 0 0\\n");
    struct machine_sample before = machine_sample_take(".", &second);
    put("proc/stat", "cpu0 1 0 0 1 0 0 0 9 0 0\\ncpu1 9 0 0 9 0 0 0 0 0 0\\n");
    struct machine_sample after = machine_sample_take(".", &second);
    ck_assert_double_eq(machine_steal(&before, &after), 0);
}
END_TEST

START_TEST(a_kernel_without_steal_time_steals_nothing)
{
    put("proc/stat", "cpu0 1 2 3 4\\ncpu1 1 2 3 4\\n");
    struct machine_sample before = machine_sample_take(".", &first_two);
    put("proc/stat", "cpu0 9 9 9 9\\ncpu1 9 9 9 9\\n");
    struct machine_sample after = machine_sample_take(".", &first_two);
    ck_assert_uint_gt(after.ticks, before.ticks);
    ck_assert_double_eq(machine_steal(&before, &after), 0);
}
END_TEST

START_TEST(a_machine_that_tells_nothing_disturbs_nothing)
{
    struct machine_sample before = machine_sample_take("./nowhere", &first_two);
    struct machine_sample after = machine_sample_take("./nowhere", &first_two);
    ck_assert_double_eq(machine_steal(&before, &after), 0);
    ck_assert(!machine_throttled(&before, &after));
}
END_TEST

START_TEST(this_machine_counts_ticks)
{
    struct cpus cpus = cpus_allowed();
    ck_assert_uint_gt(machine_sample_take("", &cpus).ticks, 0);
}
END_TEST

/* ---- Throttling ------------------------------------------------------------------------------ */

/* Whether a change of this group's counter is noticed. */
static bool notices(const char *group)
{
    char *path = string_format("sys/fs/cgroup/%s/cpu.stat", group);
    put(path, "nr_periods 10\\nnr_throttled 3\\nthrottled_usec 9\\n");
    struct machine_sample before = machine_sample_take(".", &first_two);
    put(path, "nr_periods 20\\nnr_throttled 4\\nthrottled_usec 99\\n");
    struct machine_sample after = machine_sample_take(".", &first_two);
    free(path);
    return machine_throttled(&before, &after);
}

START_TEST(throttling_of_the_own_group_and_of_those_above_is_noticed)
{
    put("proc/self/cgroup", "0::/user/job\\n");
    ck_assert(notices("user/job"));
    ck_assert(notices("user"));
    ck_assert(notices("."));
    ck_assert(!notices("other"));
}
END_TEST

START_TEST(throttling_is_noticed_in_version_1_too)
{
    put("proc/self/cgroup", "9:memory:/mem\\n4:cpu,cpuacct:/job\\n2:cpuset:/set\\n");
    ck_assert(notices("cpu/job"));
    ck_assert(notices("cpu"));
    ck_assert(!notices("mem"));
    ck_assert(!notices("cpu/set"));
}
END_TEST

START_TEST(a_group_that_is_its_mount_is_read_once)
{
    put("proc/self/cgroup", "0::/\\nnonsense\\n");
    put("sys/fs/cgroup/cpu.stat", "nr_throttled 3\\n");
    ck_assert_uint_eq(machine_sample_take(".", &first_two).throttled, 3);
}
END_TEST

/* ---- The machine itself ---------------------------------------------------------------------- */

START_TEST(the_cpu_has_the_kernels_name_for_it)
{
    put("proc/cpuinfo", "processor\\t: 0\\nmodel name\\t: AMD Test 9000\\nmodel name\\t: no\\n");
    char *model = machine_cpu_model(".");
    ck_assert_str_eq(model, "AMD Test 9000");
    free(model);
}
END_TEST

START_TEST(a_cpu_without_a_name_is_unknown)
{
    put("proc/cpuinfo", "processor\\t: 0\\n");
    char *model = machine_cpu_model("."), *none = machine_cpu_model("./nowhere");
    ck_assert_str_eq(model, "unknown");
    ck_assert_str_eq(none, "unknown");
    free(model);
    free(none);
}
END_TEST

static void put_siblings(int cpu, const char *list)
{
    char *path = string_format("sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
    put(path, list);
    free(path);
}

static void check_order(struct cpus cpus, const int *expected)
{
    int count = cpus.count;
    machine_spread_over_cores(".", &cpus);
    ck_assert_int_eq(cpus.count, count);
    ck_assert_int_eq(memcmp(cpus.ids, expected, (size_t)count * sizeof *expected), 0);
}

START_TEST(siblings_come_after_all_cores)
{
    put_siblings(0, "0-1\\n");
    put_siblings(1, "0-1\\n");
    put_siblings(2, "2,5\\n");
    put_siblings(5, "2,5\\n");
    check_order((struct cpus){.ids = {0, 1, 2, 5}, .count = 4}, (int[]){0, 2, 1, 5});
}
END_TEST

START_TEST(without_siblings_the_order_stays)
{
    check_order((struct cpus){.ids = {3, 1, 2}, .count = 3}, (int[]){3, 1, 2});
}
END_TEST

START_TEST(a_sibling_whose_core_is_not_ours_is_kept)
{
    put_siblings(1, "0-1\\n");
    put_siblings(3, "2-3\\n");
    check_order((struct cpus){.ids = {1, 3}, .count = 2}, (int[]){1, 3});
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("machine");
    TCase *tests = tcase_create("machine");
    tcase_add_checked_fixture(tests, enter_scratch, leave_scratch);
    tcase_add_test(tests, steal_is_the_share_of_ticks_that_were_stolen);
    tcase_add_test(tests, other_cpus_do_not_matter);
    tcase_add_test(tests, a_kernel_without_steal_time_steals_nothing);
    tcase_add_test(tests, a_machine_that_tells_nothing_disturbs_nothing);
    tcase_add_test(tests, this_machine_counts_ticks);
    tcase_add_test(tests, throttling_of_the_own_group_and_of_those_above_is_noticed);
    tcase_add_test(tests, throttling_is_noticed_in_version_1_too);
    tcase_add_test(tests, a_group_that_is_its_mount_is_read_once);
    tcase_add_test(tests, the_cpu_has_the_kernels_name_for_it);
    tcase_add_test(tests, a_cpu_without_a_name_is_unknown);
    tcase_add_test(tests, siblings_come_after_all_cores);
    tcase_add_test(tests, without_siblings_the_order_stays);
    tcase_add_test(tests, a_sibling_whose_core_is_not_ours_is_kept);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
