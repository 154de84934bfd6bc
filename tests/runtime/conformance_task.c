/* conformance_task.c - Go's rules of starting, ending, yielding, sleeping and GOMAXPROCS (see
 * conformance.h). */
#include <stdatomic.h>

#include "child.h"
#include "conformance.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static rt_chan *values;
static rt_wait_group group;
static _Atomic(int) arrived, finished;

/* ---- Start and end --------------------------------------------------------------------------- */

static void arrive(void *arg)
{
    atomic_fetch_add(&arrived, *(int *)arg);
    rt_wait_group_done(&group);
}

static void each_task_runs_once_with_its_argument(void)
{
    static int numbers[100];

    rt_wait_group_add(&group, 100);
    for (int i = 0; i < 100; i++) {
        numbers[i] = i + 1;
        start(arrive, &numbers[i]);
    }
    rt_wait_group_wait(&group);
    say("%d", atomic_load(&arrived));
}

static void yield_for_ever(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    for (;;)
        rt_yield();
}

static void receive_for_ever(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    ints_recv(values);
    say("never ");
}

static void program_ends_with_main(void)
{
    values = ints_new(0);
    start(yield_for_ever, NULL);
    start(receive_for_ever, NULL);
    yield_until(&arrived, 2);
    say("end");
}

static void start_another(void *arg)
{
    static int five = 5;

    (void)arg;
    rt_wait_group_add(&group, 1);
    start(arrive, &five);
    rt_wait_group_done(&group);
}

static void tasks_start_tasks(void)
{
    rt_wait_group_add(&group, 1);
    start(start_another, NULL);
    rt_wait_group_wait(&group);
    say("%d", atomic_load(&arrived));
}

/* ---- Yield and deadlock ---------------------------------------------------------------------- */

static void count_to_a_thousand(void *arg)
{
    _Atomic(int) *count = arg;

    for (int i = 0; i < 1000; i++) {
        atomic_fetch_add(count, 1);
        rt_yield();
    }
}

static void yield_lets_others_run(void)
{
    start(count_to_a_thousand, &arrived);
    start(count_to_a_thousand, &finished);
    yield_until(&arrived, 1000);
    yield_until(&finished, 1000);
    say("both counted");
}

static void main_alone_waits(void)
{
    values = ints_new(0);
    say("before ");
    ints_recv(values);
    say("after");
}

static void sleep_then_send(void *arg)
{
    (void)arg;
    rt_sleep(5 * RT_MS);
    ints_send(values, 1);
}

static void sleeping_task_is_no_deadlock(void)
{
    values = ints_new(0);
    start(sleep_then_send, NULL);
    say("%d", ints_recv(values));
}

static void deadlock_after_the_last_sleeper(void)
{
    values = ints_new(1);
    start(sleep_then_send, NULL);
    say("%d ", ints_recv(values));
    ints_recv(values);
}

static void yield_then_send(void *arg)
{
    (void)arg;
    yield_often(1000);
    ints_send(values, 1);
}

static void running_task_is_no_deadlock(void)
{
    values = ints_new(0);
    start(yield_then_send, NULL);
    say("%d", ints_recv(values));
}

/* ---- Sleep ----------------------------------------------------------------------------------- */

static void sleep_takes_at_least_its_time(void)
{
    int64_t began_ns = rt_now();

    rt_sleep(5 * RT_MS);
    say("%s", rt_now() - began_ns >= 5 * RT_MS ? "at least" : "less");
}

static void sleep_of_zero_or_less_returns(void)
{
    rt_sleep(0);
    rt_sleep(-RT_SECOND);
    say("returned");
}

#define SLEEP_STEP_MS 20

/* Sleeps *arg steps, then says so. */
static void sleep_and_say(void *arg)
{
    int steps = *(int *)arg;

    atomic_fetch_add(&arrived, 1);
    rt_sleep(steps * SLEEP_STEP_MS * RT_MS);
    ints_send(values, steps);
}

/* The order follows from the durations only if all sleepers began within one step. On a machine
 * that is too busy for that, a round says nothing and is done again. */
static void sleepers_wake_in_order_of_time(void)
{
    static int steps[3] = {3, 1, 2};
    int order[3];
    int64_t began_ns, all_began_ns;

    rt_procs(1);
    do {
        values = ints_new(3);
        atomic_store(&arrived, 0);
        began_ns = rt_now();
        for (int i = 0; i < 3; i++)
            start(sleep_and_say, &steps[i]);
        yield_until(&arrived, 3);
        rt_yield(); /* with one proc: the last sleeper has begun when this returns */
        all_began_ns = rt_now();
        for (int i = 0; i < 3; i++)
            order[i] = ints_recv(values);
    } while (all_began_ns - began_ns >= SLEEP_STEP_MS * RT_MS);
    say("%d %d %d", order[0], order[1], order[2]);
}

/* ---- Procs ----------------------------------------------------------------------------------- */

static void procs_returns_the_previous_setting(void)
{
    rt_procs(2);
    say("%d ", rt_procs(3));
    say("%d ", rt_procs(1));
    say("%d", rt_procs(1));
}

static void procs_below_one_only_asks(void)
{
    rt_procs(3);
    say("%d ", rt_procs(0));
    say("%d ", rt_procs(-1));
    say("%d", rt_procs(0));
}

const struct row conformance_of_tasks[] = {
    {ROW(each_task_runs_once_with_its_argument), "5050",
     "A go statement starts the execution of a "
     "function call as an independent concurrent thread of control, or goroutine."},
    {ROW(program_ends_with_main), "end",
     "When main returns, the program exits. It does not wait for "
     "other (non-main) goroutines to complete."},
    {ROW(tasks_start_tasks), "5", "Any goroutine may execute go statements."},
    {ROW(yield_lets_others_run), "both counted",
     "Gosched yields the processor, allowing other "
     "goroutines to run. Execution resumes automatically."},
    {ROW(main_alone_waits), "before deadlock",
     "fatal error: all goroutines are asleep - deadlock!"},
    {ROW(sleeping_task_is_no_deadlock), "1", "A goroutine in Sleep is not asleep for ever."},
    {ROW(deadlock_after_the_last_sleeper), "1 deadlock", "The rest are when no timer is left."},
    {ROW(running_task_is_no_deadlock), "1", "A goroutine that runs may wake the others."},
    {ROW(sleep_takes_at_least_its_time), "at least",
     "Sleep pauses the current goroutine for at least the duration d."},
    {ROW(sleep_of_zero_or_less_returns), "returned",
     "A negative or zero duration causes Sleep to return immediately."},
    {ROW(sleepers_wake_in_order_of_time), "1 2 3", "At least d, and those with less wake first."},
    {ROW(procs_returns_the_previous_setting), "2 3 1",
     "GOMAXPROCS sets the maximum number of CPUs "
     "that can be executing simultaneously and returns the previous setting."},
    {ROW(procs_below_one_only_asks), "3 3 3", "If n < 1, it does not change the current setting."},
    {0},
};
