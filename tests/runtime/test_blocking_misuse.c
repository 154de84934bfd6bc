/* test_blocking_misuse.c - what must not be done inside of rt_blocking, or with it: it ends the
 * program with a report that names the place. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

static struct child child;

static void do_nothing(void *arg)
{
    (void)arg;
}

/* ---- Calls of the runtime -------------------------------------------------------------------- */

static rt_chan *values;
static rt_mutex mutex;

static void go_inside(void *arg)
{
    rt_go(do_nothing, arg); /* @go */
}

static void send_inside(void *arg)
{
    (void)arg;
    ints_send(values, 1);
}

static void receive_inside(void *arg)
{
    rt_chan_recv(values, arg); /* @receive */
}

static void lock_inside(void *arg)
{
    (void)arg;
    rt_mutex_lock(&mutex); /* @lock */
}

static void sleep_inside(void *arg)
{
    (void)arg;
    rt_sleep(RT_MS); /* @sleep */
}

static void block_inside(void *arg)
{
    rt_blocking(do_nothing, arg); /* @block */
}

static void yield_inside(void *arg)
{
    (void)arg;
    rt_yield();
}

/* Without a mark: the report can't know the place, or it lies in a helper. */
static const struct {
    void (*fn)(void *arg);
    const char *call, *mark;
} insides[] = {
    {go_inside, "rt_go", "go"},
    {send_inside, "rt_chan_send", NULL},
    {receive_inside, "rt_chan_recv", "receive"},
    {lock_inside, "rt_mutex_lock", "lock"},
    {sleep_inside, "rt_sleep", "sleep"},
    {block_inside, "rt_blocking", "block"},
    {yield_inside, "rt_yield", NULL},
};

static int inside;

static void call_inside(void *arg)
{
    values = ints_new(1);
    rt_blocking(insides[inside].fn, arg);
    say("survived");
}

START_TEST(calling_the_runtime_inside_is_a_misuse)
{
    inside = _i;
    child_run(&child, call_inside, NULL);
    ck_assert_msg(child.status == RT_EXIT_MISUSE, "exit status %d", child.status);
    ck_assert_str_eq(child.out, "");
    ck_assert_msg(strstr(child.err, insides[_i].call), "%s", child.err);
    if (insides[_i].mark != NULL)
        assert_reported(&child, place_of(__FILE__, insides[_i].mark),
                        (const char *[]){"misuse", insides[_i].call, NULL});
}
END_TEST

START_TEST(blocking_outside_of_a_task_is_a_misuse)
{
    child_call(&child, block_inside, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, "block"),
                    (const char *[]){"misuse", "rt_blocking", NULL});
}
END_TEST

/* ---- A stack overflow ------------------------------------------------------------------------ */

static volatile bool deeper = true;

static __attribute__((noinline)) void never_end(void *arg)
{
    unsigned char frame[1024];

    memset(frame, 1, sizeof frame);
    __asm__ volatile("" : : "r"(frame) : "memory");
    if (deeper)
        never_end(arg);
    __asm__ volatile("" : : "r"(frame) : "memory"); /* not a tail call: the frame is kept */
}

static void block_without_end(void *arg)
{
    rt_blocking(never_end, arg);
}

static void overflow_while_blocking(void *arg)
{
    start(block_without_end, arg); /* @overflow */
    yield_until_tasks(1);
}

START_TEST(stack_overflow_inside_is_reported)
{
    child_run(&child, overflow_while_blocking, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_OVERFLOW);
    assert_reported(&child, place_of(__FILE__, "overflow"), (const char *[]){"spawned", NULL});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blocking_misuse");

    tcase_add_loop_test(tests, calling_the_runtime_inside_is_a_misuse, 0,
                        (int)(sizeof insides / sizeof insides[0]));
    tcase_add_test(tests, blocking_outside_of_a_task_is_a_misuse);
    /* These tools report faults themselves. */
    if (!running_under(ADDRESS_SANITIZER | THREAD_SANITIZER | VALGRIND))
        tcase_add_test(tests, stack_overflow_inside_is_reported);
    return run_tests("blocking_misuse", tests);
}
