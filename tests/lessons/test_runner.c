/* test_runner.c - what the demo about processes and threads measures is there, and nothing is left
 * behind.
 *
 * Other programs start and end meanwhile, and the kernel's stacks are those of all of them: so what
 * is looked for is a hundred times larger than what they could add. */
#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "footprint.h"
#include "runner.h"

#define MIB (INT64_C(1) << 20)

static char *map(size_t bytes)
{
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert_ptr_ne(memory, MAP_FAILED);
    return memory;
}

/* ---- footprint ------------------------------------------------------------------------------- */

START_TEST(what_is_reserved_takes_addresses_only)
{
    struct footprint before = footprint_now(), each;

    map(512 * MIB);
    each = footprint_each(before, 1);
    ck_assert_int_ge(each.address_bytes, 512 * MIB);
    ck_assert_int_lt(each.filled_bytes, 128 * MIB);
}
END_TEST

START_TEST(what_is_filled_takes_memory)
{
    struct footprint before = footprint_now();

    memset(map(128 * MIB), 1, 128 * MIB);
    ck_assert_int_ge(footprint_each(before, 2).filled_bytes, 48 * MIB);
}
END_TEST

START_TEST(areas_of_memory_are_counted)
{
    struct footprint before = footprint_now();
    char *memory = map(64 * MIB);

    for (int i = 1; i < 100; i += 2) /* each makes three areas out of one */
        ck_assert_int_eq(mprotect(memory + i * MIB / 2, 4096, PROT_NONE), 0);
    ck_assert_double_ge(footprint_each(before, 50).mappings, 1.9);
}
END_TEST

static void *wait_for_lock(void *lock)
{
    pthread_mutex_lock(lock);
    return NULL;
}

START_TEST(threads_are_counted)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t thread;

    ck_assert_int_eq(footprint_threads(), 1);
    pthread_mutex_lock(&lock);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_lock, &lock), 0);
    ck_assert_int_eq(footprint_threads(), 2);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
}
END_TEST

START_TEST(the_lowest_limit_is_named)
{
    const char *limit;
    struct footprint large = {.filled_bytes = INT64_C(1) << 50};
    struct footprint scattered = {.filled_bytes = 1, .mappings = 1e6};
    struct footprint nothing = {0};

    ck_assert_int_eq(footprint_room(large, true, &limit), 0);
    ck_assert_str_eq(limit, "memory");
    ck_assert_int_eq(footprint_room(scattered, true, &limit), 0);
    ck_assert_str_eq(limit, "max_map_count");
    ck_assert_int_eq(footprint_room(nothing, false, &limit), INT64_MAX);
    ck_assert_str_eq(limit, "nothing");
    ck_assert_int_gt(footprint_room(nothing, true, &limit), 0);
    ck_assert_str_ne(limit, "nothing");
}
END_TEST

/* ---- runner ---------------------------------------------------------------------------------- */

static const struct runner_kind *kinds[] = {&runner_process, &runner_thread};

START_TEST(a_crowd_is_alive_at_once_and_leaves_nobody)
{
    struct footprint each = {0};

    ck_assert_int_eq(runner_crowd(kinds[_i], 20, &each), 20);
    ck_assert_int_gt(each.filled_bytes, 0);
    ck_assert_int_gt(each.address_bytes, 0);
    ck_assert_int_eq(footprint_threads(), 1);
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(starts_and_turns_take_time_and_leave_nobody)
{
    ck_assert_double_gt(runner_start_ns(kinds[_i], 3), 0);
    ck_assert_double_gt(runner_turn_ns(kinds[_i], 3), 0);
    ck_assert_int_eq(footprint_threads(), 1);
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static bool has_child(pid_t process)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    FILE *children = fopen(path, "r");
    ck_assert_ptr_nonnull(children);
    bool has = getc(children) != EOF;
    fclose(children);
    return has;
}

/* The demo is a child of ours; what it starts becomes ours when it ends, and then ends by
 * itself. */
START_TEST(processes_end_with_the_one_that_started_them)
{
    int started[2], status;
    char byte;

    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    ck_assert_int_eq(pipe(started), 0);
    pid_t demo = fork();
    if (demo == 0) {
        runner_turn_ns(&runner_process, 1); /* whatever is slow the first time */
        ck_assert_int_eq(write(started[1], "", 1), 1);
        runner_turn_ns(&runner_process, INT32_MAX);
        _exit(0);
    }
    ck_assert_int_eq(read(started[0], &byte, 1), 1);
    while (!has_child(demo))
        continue;
    kill(demo, SIGKILL);
    ck_assert_int_eq(waitpid(demo, &status, 0), demo);
    ck_assert_int_gt(waitpid(-1, &status, 0), 0);
}
END_TEST

START_TEST(one_cpu_is_one_and_can_be_undone)
{
    cpu_set_t before, now;

    runner_use_one_cpu(&before);
    ck_assert_int_eq(sched_getaffinity(0, sizeof now, &now), 0);
    ck_assert_int_eq(CPU_COUNT(&now), 1);
    ck_assert_int_eq(sched_setaffinity(0, sizeof before, &before), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("runner");
    TCase *footprint = tcase_create("footprint"), *runner = tcase_create("runner");
    tcase_add_test(footprint, what_is_reserved_takes_addresses_only);
    tcase_add_test(footprint, what_is_filled_takes_memory);
    tcase_add_test(footprint, areas_of_memory_are_counted);
    tcase_add_test(footprint, threads_are_counted);
    tcase_add_test(footprint, the_lowest_limit_is_named);
    tcase_set_timeout(runner, 60);
    tcase_add_loop_test(runner, a_crowd_is_alive_at_once_and_leaves_nobody, 0, 2);
    tcase_add_loop_test(runner, starts_and_turns_take_time_and_leave_nobody, 0, 2);
    tcase_add_test(runner, processes_end_with_the_one_that_started_them);
    tcase_add_test(runner, one_cpu_is_one_and_can_be_undone);
    suite_add_tcase(suite, footprint);
    suite_add_tcase(suite, runner);

    SRunner *tests = srunner_create(suite);
    srunner_run_all(tests, CK_ENV);
    int failed = srunner_ntests_failed(tests);
    srunner_free(tests);
    return failed ? 1 : 0;
}
