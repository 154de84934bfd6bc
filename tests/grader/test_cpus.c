/* Tests of grader/cpus.c: quotas are read from folders that look like /proc and /sys. */
#include "cpus.h"

#include <check.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* The folder that stands for the root of the file system. */
static char root[64];

static void run_command(char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
    free(command);
}

static void set_up(void)
{
    strcpy(root, "/tmp/test_cpus-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void tear_down(void)
{
    run_command(string_format("rm -rf %s", root));
}

/* Writes a file below the root, and the folders on the way to it. */
static void put(const char *path, const char *text)
{
    char *whole = string_format("%s%s", root, path);

    run_command(string_format("mkdir -p $(dirname '%s')", whole));
    FILE *file = fopen(whole, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    free(whole);
}

#define MOUNT_2 "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
#define MOUNT_1                                                                                    \
    "30 23 0:27 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"                            \
    "31 23 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"

START_TEST(without_control_groups_there_is_no_quota)
{
    ck_assert_double_eq(cpus_quota(root), 0);
    put("/proc/self/cgroup", "0::/job\n");
    put("/proc/self/mountinfo", "31 23 0:28 / / rw - ext4 /dev/sda rw\n");
    ck_assert_double_eq(cpus_quota(root), 0);
}
END_TEST

START_TEST(version_2_has_a_quota)
{
    put("/proc/self/cgroup", "0::/job\n");
    put("/proc/self/mountinfo", MOUNT_2);
    put("/sys/fs/cgroup/job/cpu.max", "150000 100000\n");
    ck_assert_double_eq(cpus_quota(root), 1.5);
}
END_TEST

START_TEST(max_is_no_quota)
{
    put("/proc/self/cgroup", "0::/job\n");
    put("/proc/self/mountinfo", MOUNT_2);
    put("/sys/fs/cgroup/job/cpu.max", "max 100000\n");
    ck_assert_double_eq(cpus_quota(root), 0);
}
END_TEST

START_TEST(the_least_quota_on_the_way_up_wins)
{
    put("/proc/self/cgroup", "0::/a/b/c\n");
    put("/proc/self/mountinfo", MOUNT_2);
    put("/sys/fs/cgroup/a/b/c/cpu.max", "400000 100000\n");
    put("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    put("/sys/fs/cgroup/a/cpu.max", "100000 50000\n");
    put("/sys/fs/cgroup/other/cpu.max", "1000 100000\n");
    ck_assert_double_eq(cpus_quota(root), 2);
}
END_TEST

START_TEST(the_root_of_the_mount_counts)
{
    put("/proc/self/cgroup", "0::/\n");
    put("/proc/self/mountinfo", MOUNT_2);
    put("/sys/fs/cgroup/cpu.max", "300000 100000\n");
    ck_assert_double_eq(cpus_quota(root), 3);
}
END_TEST

START_TEST(version_1_has_a_quota)
{
    put("/proc/self/cgroup", "5:cpuset:/other\n4:cpu,cpuacct:/job\n0::/\n");
    put("/proc/self/mountinfo", MOUNT_1);
    put("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "250000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    ck_assert_double_eq(cpus_quota(root), 2.5);
}
END_TEST

START_TEST(both_versions_may_be_mounted)
{
    put("/proc/self/cgroup", "4:cpu,cpuacct:/job\n0::/unified\n");
    put("/proc/self/mountinfo",
        "40 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n" MOUNT_1);
    put("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
    ck_assert_double_eq(cpus_quota(root), 0.5);
}
END_TEST

START_TEST(a_container_sees_its_group_as_the_root)
{
    put("/proc/self/cgroup", "0::/docker/1234/inner\n");
    put("/proc/self/mountinfo", "31 23 0:28 /docker/1234 /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    put("/sys/fs/cgroup/cpu.max", "200000 100000\n");
    put("/sys/fs/cgroup/inner/cpu.max", "100000 100000\n");
    ck_assert_double_eq(cpus_quota(root), 1);
}
END_TEST

START_TEST(a_group_outside_of_the_mount_leaves_the_mounts_own_quota)
{
    put("/proc/self/cgroup", "0::/docker/12345\n");
    put("/proc/self/mountinfo", "31 23 0:28 /docker/1234 /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    put("/sys/fs/cgroup/cpu.max", "200000 100000\n");
    put("/sys/fs/cgroup/5/cpu.max", "100000 100000\n");
    ck_assert_double_eq(cpus_quota(root), 2);
}
END_TEST

START_TEST(odd_files_are_no_quota)
{
    put("/proc/self/cgroup", "odd\n:\n0::\n0::/job\n");
    put("/proc/self/mountinfo", "odd - cgroup2\n - cgroup2 x rw\n" MOUNT_2);
    put("/sys/fs/cgroup/job/cpu.max", "-1 0\n");
    ck_assert_double_eq(cpus_quota(root), 0);
    put("/sys/fs/cgroup/job/cpu.max", "100000 0\n");
    ck_assert_double_eq(cpus_quota(root), 0);
    put("/sys/fs/cgroup/job/cpu.max", "");
    ck_assert_double_eq(cpus_quota(root), 0);
}
END_TEST

START_TEST(the_affinity_mask_is_kept_to)
{
    struct cpus all = cpus_allowed();
    cpu_set_t one;

    ck_assert_int_ge(all.count, 1);
    CPU_ZERO(&one);
    CPU_SET((size_t)all.ids[all.count - 1], &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);

    struct cpus last = cpus_allowed();
    ck_assert_int_eq(last.count, 1);
    ck_assert_int_eq(last.ids[0], all.ids[all.count - 1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cpus");
    TCase *tests = tcase_create("cpus");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, without_control_groups_there_is_no_quota);
    tcase_add_test(tests, version_2_has_a_quota);
    tcase_add_test(tests, max_is_no_quota);
    tcase_add_test(tests, the_least_quota_on_the_way_up_wins);
    tcase_add_test(tests, the_root_of_the_mount_counts);
    tcase_add_test(tests, version_1_has_a_quota);
    tcase_add_test(tests, both_versions_may_be_mounted);
    tcase_add_test(tests, a_container_sees_its_group_as_the_root);
    tcase_add_test(tests, a_group_outside_of_the_mount_leaves_the_mounts_own_quota);
    tcase_add_test(tests, odd_files_are_no_quota);
    tcase_add_test(tests, the_affinity_mask_is_kept_to);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
