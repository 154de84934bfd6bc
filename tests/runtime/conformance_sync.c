/* conformance_sync.c - Go's rules of mutex, wait group and once (see conformance.h). */
#include <stdatomic.h>

#include "child.h"
#include "conformance.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

/* As in conformance_channel.c. */
#define A_WHILE 100

static rt_mutex mutex;
static rt_wait_group group;
static rt_once once, other_once;
static _Atomic(int) arrived, finished;
static int plain_count;

/* ---- Mutex ----------------------------------------------------------------------------------- */

static void unlock_of_unlocked(void)
{
    rt_mutex_unlock(&mutex);
}

static void unlock_twice(void)
{
    rt_mutex_lock(&mutex);
    rt_mutex_unlock(&mutex);
    say("once ");
    rt_mutex_unlock(&mutex);
}

static void lock_twice(void)
{
    rt_mutex_lock(&mutex);
    say("once ");
    rt_mutex_lock(&mutex);
}

static void lock_then_finish(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    rt_mutex_lock(&mutex);
    atomic_fetch_add(&finished, 1);
}

static void lock_waits_for_unlock(void)
{
    rt_mutex_lock(&mutex);
    start(lock_then_finish, NULL);
    yield_until(&arrived, 1);
    yield_often(A_WHILE);
    say("%s ", atomic_load(&finished) ? "locked" : "blocked");
    rt_mutex_unlock(&mutex);
    yield_until(&finished, 1);
    say("locked");
}

static void unlock_then_finish(void *arg)
{
    (void)arg;
    rt_mutex_unlock(&mutex);
    atomic_fetch_add(&finished, 1);
}

static void another_task_may_unlock(void)
{
    rt_mutex_lock(&mutex);
    start(unlock_then_finish, NULL);
    rt_mutex_lock(&mutex);
    say("locked again");
}

static void try_lock_never_waits(void)
{
    say("%s ", rt_mutex_try_lock(&mutex) ? "true" : "false");
    say("%s ", rt_mutex_try_lock(&mutex) ? "true" : "false");
    rt_mutex_unlock(&mutex);
    say("%s", rt_mutex_try_lock(&mutex) ? "true" : "false");
}

static void count_under_the_mutex(void *arg)
{
    (void)arg;
    for (int i = 0; i < 1000; i++) {
        rt_mutex_lock(&mutex);
        plain_count++;
        rt_mutex_unlock(&mutex);
        rt_yield();
    }
    rt_wait_group_done(&group);
}

static void one_task_at_a_time_holds_it(void)
{
    rt_wait_group_add(&group, 8);
    for (int i = 0; i < 8; i++)
        start(count_under_the_mutex, NULL);
    rt_wait_group_wait(&group);
    say("%d", plain_count);
}

static void lock_and_say_who(void *arg)
{
    rt_mutex_lock(&mutex);
    say("%d ", *(int *)arg);
    rt_mutex_unlock(&mutex);
    atomic_fetch_add(&finished, 1);
}

static void waiting_lockers_are_served_in_order(void)
{
    static int who[4] = {0, 1, 2, 3};

    rt_procs(1);
    rt_mutex_lock(&mutex);
    for (int i = 0; i < 4; i++) {
        start(lock_and_say_who, &who[i]);
        yield_often(A_WHILE);
    }
    rt_mutex_unlock(&mutex);
    yield_until(&finished, 4);
}

/* A hog that takes the lock again and again must let the others have it. */
static void hog_the_mutex(void *arg)
{
    (void)arg;
    for (;;) {
        rt_mutex_lock(&mutex);
        rt_yield();
        rt_mutex_unlock(&mutex);
    }
}

static void no_task_starves_for_the_lock(void)
{
    start(hog_the_mutex, NULL);
    start(hog_the_mutex, NULL);
    for (int i = 0; i < 100; i++) {
        rt_mutex_lock(&mutex);
        rt_mutex_unlock(&mutex);
    }
    say("100 turns");
}

/* ---- Wait group ------------------------------------------------------------------------------ */

static void done_below_zero(void)
{
    rt_wait_group_done(&group);
}

static void add_below_zero(void)
{
    rt_wait_group_add(&group, 2);
    say("2 ");
    rt_wait_group_add(&group, -3);
}

static void wait_on_zero_returns(void)
{
    rt_wait_group_wait(&group);
    say("returned");
}

static void wait_without_done(void)
{
    rt_wait_group_add(&group, 1);
    rt_wait_group_wait(&group);
}

static void add_may_be_negative(void)
{
    rt_wait_group_add(&group, 3);
    rt_wait_group_add(&group, -3);
    rt_wait_group_wait(&group);
    say("returned");
}

static void finish_and_be_done(void *arg)
{
    (void)arg;
    yield_often(10);
    atomic_fetch_add(&finished, 1);
    rt_wait_group_done(&group);
}

static void wait_ends_after_the_last_done(void)
{
    rt_wait_group_add(&group, 20);
    for (int i = 0; i < 20; i++)
        start(finish_and_be_done, NULL);
    rt_wait_group_wait(&group);
    say("%d", atomic_load(&finished));
}

static void group_may_be_used_again(void)
{
    for (int round = 0; round < 3; round++) {
        rt_wait_group_add(&group, 5);
        for (int i = 0; i < 5; i++)
            start(finish_and_be_done, NULL);
        rt_wait_group_wait(&group);
        say("%d ", atomic_load(&finished));
    }
}

static void wait_then_finish(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    rt_wait_group_wait(&group);
    atomic_fetch_add(&finished, 1);
}

static void all_waiters_wake_at_zero(void)
{
    rt_wait_group_add(&group, 2);
    for (int i = 0; i < 3; i++)
        start(wait_then_finish, NULL);
    yield_until(&arrived, 3);
    rt_wait_group_done(&group);
    yield_often(A_WHILE);
    say("%d ", atomic_load(&finished));
    rt_wait_group_done(&group);
    yield_until(&finished, 3);
    say("%d", atomic_load(&finished));
}

/* ---- Once ------------------------------------------------------------------------------------ */

static void add_to_plain_count(void *arg)
{
    plain_count += *(int *)arg;
}

static void once_runs_the_first_function_only(void)
{
    rt_once_do(&once, add_to_plain_count, &(int){1});
    rt_once_do(&once, add_to_plain_count, &(int){10});
    rt_once_do(&other_once, add_to_plain_count, &(int){100});
    say("%d", plain_count);
}

static void prepare_slowly(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    yield_often(A_WHILE);
    plain_count = 42;
}

static void prepare_once_and_check(void *arg)
{
    (void)arg;
    rt_once_do(&once, prepare_slowly, NULL);
    if (plain_count == 42)
        atomic_fetch_add(&finished, 1);
    rt_wait_group_done(&group);
}

static void others_wait_until_once_is_done(void)
{
    rt_wait_group_add(&group, 6);
    for (int i = 0; i < 6; i++)
        start(prepare_once_and_check, NULL);
    rt_wait_group_wait(&group);
    say("%d run, %d waited", atomic_load(&arrived), atomic_load(&finished));
}

static void do_once_again(void *arg)
{
    (void)arg;
    say("inside ");
    rt_once_do(&once, do_once_again, NULL);
}

static void once_inside_itself(void)
{
    rt_once_do(&once, do_once_again, NULL);
}

const struct row conformance_of_sync[] = {
    {ROW(unlock_of_unlocked), "panic",
     "It is a run-time error if m is not locked on entry to Unlock."},
    {ROW(unlock_twice), "once panic", "It is such an error each time."},
    {ROW(lock_twice), "once deadlock",
     "If the lock is already in use, the calling goroutine blocks until it is available."},
    {ROW(lock_waits_for_unlock), "blocked locked", "It goes on when the mutex is available."},
    {ROW(another_task_may_unlock), "locked again",
     "A locked Mutex is not associated with a "
     "particular goroutine. It is allowed for one goroutine to lock a Mutex and then arrange "
     "for another goroutine to unlock it."},
    {ROW(try_lock_never_waits), "true false true",
     "TryLock tries to lock m and reports whether it succeeded."},
    {ROW(one_task_at_a_time_holds_it), "8000", "A Mutex is a mutual exclusion lock."},
    {ROW(waiting_lockers_are_served_in_order), "0 1 2 3", "Waiters are queued in FIFO order."},
    {ROW(no_task_starves_for_the_lock), "100 turns",
     "A waiter that fails to acquire the mutex for more than 1 ms gets it handed off."},
    {ROW(done_below_zero), "panic", "If the counter goes negative, Add panics."},
    {ROW(add_below_zero), "2 panic", "Add adds delta, which may be negative, to the counter."},
    {ROW(wait_on_zero_returns), "returned", "Wait blocks until the counter is zero."},
    {ROW(wait_without_done), "deadlock", "It blocks for ever if the counter never becomes zero."},
    {ROW(add_may_be_negative), "returned", "Delta may be negative."},
    {ROW(wait_ends_after_the_last_done), "20", "Done decrements the counter by one."},
    {ROW(group_may_be_used_again), "5 10 15",
     "A WaitGroup can be reused to wait for several "
     "independent sets of events."},
    {ROW(all_waiters_wake_at_zero), "0 3",
     "If the counter becomes zero, all goroutines blocked on Wait are released."},
    {ROW(once_runs_the_first_function_only), "101",
     "Do calls the function f if and only if Do is "
     "being called for the first time for this instance of Once."},
    {ROW(others_wait_until_once_is_done), "1 run, 6 waited",
     "No call to Do returns until the one call to f returns."},
    {ROW(once_inside_itself), "inside deadlock", "If f causes Do to be called, it will deadlock."},
    {0},
};
