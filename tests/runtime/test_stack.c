/* test_stack.c - tests of runtime/stack.c: stacks are deep enough, private to their tasks, used
 * again, and their end is not crossed silently; and what happens when there is no memory for
 * more. */
#include <check.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

/* ---- Depth ----------------------------------------------------------------------------------- */

/* Each level has two arrays of this size. */
#define ARRAY_BYTES 2000
#define TASK_LEVELS 8    /* 32 KB of 64 */
#define MAIN_LEVELS 1000 /* 4 MB of 8 */

struct deep {
    rt_wait_group group;
    _Atomic(int) damaged;
};

/* Fills a frame at each level, lets others run at the deepest, and looks at the frames on the way
 * back. */
static int count_damaged(int depth, unsigned char mark)
{
    unsigned char frame[ARRAY_BYTES], expected[ARRAY_BYTES];
    int damaged;

    memset(frame, mark + depth, sizeof frame);
    __asm__ volatile("" : : "r"(frame) : "memory"); /* the frame is really written */
    if (depth == 0) {
        yield_often(3);
        return 0;
    }
    damaged = count_damaged(depth - 1, mark);
    memset(expected, mark + depth, sizeof expected);
    return damaged + (memcmp(frame, expected, sizeof frame) != 0);
}

static void go_deep(void *arg)
{
    struct deep *deep = arg;

    atomic_fetch_add(&deep->damaged, count_damaged(TASK_LEVELS, (unsigned char)(rt_task_id() * 7)));
    rt_wait_group_done(&deep->group);
}

static void run_deep(void *arg)
{
    struct deep *deep = arg;

    rt_wait_group_add(&deep->group, 500);
    for (int i = 0; i < 500; i++)
        start(go_deep, deep);
    rt_wait_group_wait(&deep->group);
}

START_TEST(tasks_use_half_their_stacks_and_find_them_unharmed)
{
    struct deep deep = {0};

    run_at(run_procs[_i], run_deep, &deep);
    ck_assert_int_eq(deep.damaged, 0);
}
END_TEST

static void go_deep_in_main(void *arg)
{
    *(int *)arg = count_damaged(MAIN_LEVELS, 1);
}

START_TEST(main_task_has_a_large_stack)
{
    int damaged = -1;

    run_at(run_procs[_i], go_deep_in_main, &damaged);
    ck_assert_int_eq(damaged, 0);
}
END_TEST

/* ---- Use again ------------------------------------------------------------------------------- */

static void wait_until_closed(void *arg)
{
    rt_chan_recv(arg, NULL);
}

static void run_wave(void)
{
    rt_chan *open = ints_new(0);

    for (int i = 0; i < few_or(3000); i++)
        start(wait_until_closed, open);
    yield_often(10);
    rt_chan_close(open);
    yield_until_tasks(1);
    rt_chan_free(open);
}

/* The largest amount of memory that this process has used so far. */
static long peak_kb(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

struct waves {
    long before_kb, one_kb, many_kb;
};

static void run_waves(void *arg)
{
    struct waves *waves = arg;

    waves->before_kb = peak_kb();
    run_wave();
    waves->one_kb = peak_kb();
    for (int i = 0; i < 15; i++)
        run_wave();
    waves->many_kb = peak_kb();
}

START_TEST(stacks_are_used_again)
{
    struct waves waves;

    run_at(run_procs[_i], run_waves, &waves);
    ck_assert_int_lt(waves.many_kb - waves.before_kb, 4 * (waves.one_kb - waves.before_kb));
}
END_TEST

/* ---- Overflow -------------------------------------------------------------------------------- */

static struct child child;

static volatile bool deeper = true;

/* Not inlined into itself: frames larger than a page could step over the guard page. */
static __attribute__((noinline)) void never_end(void *arg)
{
    unsigned char frame[ARRAY_BYTES];

    memset(frame, 1, sizeof frame);
    __asm__ volatile("" : : "r"(frame) : "memory");
    if (deeper)
        never_end(arg);
    __asm__ volatile("" : : "r"(frame) : "memory"); /* not a tail call: the frame is kept */
}

static void overflow_in_a_task(void *arg)
{
    (void)arg;
    start(never_end, NULL); /* @spawn */
    yield_until_tasks(1);
    say("survived");
}

static void overflow_in_main(void *arg)
{
    never_end(arg);
    say("survived");
}

START_TEST(stack_overflow_is_reported)
{
    child_run(&child, overflow_in_a_task, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_OVERFLOW);
    ck_assert_msg(strstr(child.err, "stack overflow: task 2 (never_end) needs"), "%s", child.err);
    assert_reported(&child, place_of(__FILE__, "spawn"), (const char *[]){"spawned", NULL});
    ck_assert_str_eq(child.out, "");
}
END_TEST

START_TEST(stack_overflow_of_main_is_reported)
{
    child_run(&child, overflow_in_main, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_OVERFLOW);
    ck_assert_msg(strstr(child.err, "stack overflow: task 1"), "%s", child.err);
}
END_TEST

static void crash(void *arg)
{
    *(volatile int *)arg = 1;
}

START_TEST(other_faults_are_no_stack_overflow)
{
    child_run(&child, crash, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, 128 + SIGSEGV);
}
END_TEST

/* ---- No memory ------------------------------------------------------------------------------- */

static size_t address_space_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    size_t pages = 0;

    ck_assert(file != NULL && fscanf(file, "%zu", &pages) == 1);
    fclose(file);
    return pages * 4096;
}

/* Leaves this process so much more address space than it uses now; 0: no limit. */
static void limit_address_space(size_t more_bytes)
{
    struct rlimit limit;

    getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = more_bytes > 0 ? address_space_bytes() + more_bytes : limit.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
}

static void start_until_it_fails(void *arg)
{
    rt_chan *open = ints_new(0);
    int error;

    (void)arg;
    rt_procs(1); /* the tasks don't run yet, so they take no stacks */
    limit_address_space(32 << 20);
    while ((error = rt_go(wait_until_closed, open)) == RT_OK)
        continue;
    limit_address_space(0);
    say("%s, ", rt_strerror(error));
    rt_chan_close(open);
    yield_until_tasks(1);
    say("all ended");
}

START_TEST(go_says_when_there_is_no_memory_for_a_task)
{
    child_run(&child, start_until_it_fails, NULL);
    ck_assert_msg(child.status == 0, "exit status %d: %s", child.status, child.err);
    ck_assert_str_eq(child.out, "out of memory, all ended");
}
END_TEST

static void tell_done(void *arg)
{
    rt_wait_group *done = arg;

    rt_wait_group_done(done);
}

/* As a program would that does not look at what rt_go returns. */
static void wait_for_one_that_never_started(void *arg)
{
    rt_wait_group done = {0};
    int error = RT_OK;

    (void)arg;
    rt_procs(1);
    limit_address_space(32 << 20);
    while (error == RT_OK) {
        rt_wait_group_add(&done, 1);
        error = rt_go(tell_done, &done); /* @refused */
    }
    limit_address_space(0);
    rt_wait_group_wait(&done);
}

START_TEST(a_deadlock_says_that_tasks_could_not_be_started)
{
    child_run(&child, wait_for_one_that_never_started, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
    assert_reported(&child, place_of(__FILE__, "refused"),
                    (const char *[]){"rt_go returned RT_ENOMEM 1 times", NULL});
}
END_TEST

static void park_until_it_fails(void *arg)
{
    rt_chan *open = ints_new(0);
    int error;

    (void)arg;
    limit_address_space(64 << 20);
    while ((error = rt_go(wait_until_closed, open)) == RT_OK)
        rt_yield(); /* it runs and parks: its stack is in use */
    limit_address_space(0);
    say("%s, ", rt_strerror(error));
    rt_chan_close(open);
    yield_until_tasks(1);
    say("all ended");
}

START_TEST(go_says_when_there_is_no_memory_for_a_stack)
{
    child_run(&child, park_until_it_fails, NULL);
    ck_assert_msg(child.status == 0, "exit status %d: %s", child.status, child.err);
    ck_assert_str_eq(child.out, "out of memory, all ended");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("stack");

    tcase_add_loop_test(tests, tasks_use_half_their_stacks_and_find_them_unharmed, 0, RUN_PROCS);
    tcase_add_loop_test(tests, main_task_has_a_large_stack, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stacks_are_used_again, 0, RUN_PROCS);
    /* These tools report faults themselves, with an exit status of their own; and they reserve
     * terabytes of address space, or see to memory themselves, so they run under no limit of it. */
    if (running_under(ADDRESS_SANITIZER | THREAD_SANITIZER | VALGRIND))
        return run_tests("stack", tests);
    tcase_add_loop_test(tests, stack_overflow_is_reported, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stack_overflow_of_main_is_reported, 0, RUN_PROCS);
    tcase_add_loop_test(tests, other_faults_are_no_stack_overflow, 0, RUN_PROCS);
    /* qemu does not set the limit: it would be its own. */
    if (!running_under(EMULATOR)) {
        tcase_add_test(tests, go_says_when_there_is_no_memory_for_a_task);
        tcase_add_test(tests, a_deadlock_says_that_tasks_could_not_be_started);
        tcase_add_test(tests, go_says_when_there_is_no_memory_for_a_stack);
    }
    return run_tests("stack", tests);
}
