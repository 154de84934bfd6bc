/* test_mutex.c - tests of runtime/mutex.c beyond the table of Go's rules (conformance_sync.c):
 * exclusion under load, no lost wake-up, no starvation, and when a mutex may go away. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"
#include "run.h"

#define TASKS 8
#define ROUNDS 3000

/* The counters are plain on purpose: only the mutex keeps them right. */
struct shared {
    rt_mutex mutex;
    rt_wait_group group;
    int count, inside, broken, tried;
    bool yields;
};

static void visit(struct shared *shared)
{
    shared->broken += ++shared->inside != 1;
    if (shared->yields)
        rt_yield();
    shared->count++;
    shared->inside--;
}

static void lock_and_visit(void *arg)
{
    struct shared *shared = arg;

    for (int i = 0; i < ROUNDS; i++) {
        rt_mutex_lock(&shared->mutex);
        visit(shared);
        rt_mutex_unlock(&shared->mutex);
    }
    rt_wait_group_done(&shared->group);
}

static void run_visitors(void *arg)
{
    struct shared *shared = arg;

    rt_wait_group_add(&shared->group, TASKS);
    for (int i = 0; i < TASKS; i++)
        start(lock_and_visit, shared);
    rt_wait_group_wait(&shared->group);
}

START_TEST(one_task_at_a_time_holds_the_lock)
{
    struct shared shared = {0};

    run_at(run_procs[_i], run_visitors, &shared);
    ck_assert_int_eq(shared.broken, 0);
    ck_assert_int_eq(shared.count, TASKS * ROUNDS);
}
END_TEST

START_TEST(lock_is_kept_while_its_holder_yields)
{
    struct shared shared = {.yields = true};

    run_at(run_procs[_i], run_visitors, &shared);
    ck_assert_int_eq(shared.broken, 0);
    ck_assert_int_eq(shared.count, TASKS * ROUNDS);
}
END_TEST

static void try_and_visit(void *arg)
{
    struct shared *shared = arg;

    for (int visits = 0; visits < ROUNDS;) {
        if (rt_mutex_try_lock(&shared->mutex)) {
            visit(shared);
            rt_mutex_unlock(&shared->mutex);
            visits++;
        } else {
            rt_yield();
        }
    }
    rt_wait_group_done(&shared->group);
}

static void run_mixed_visitors(void *arg)
{
    struct shared *shared = arg;

    rt_wait_group_add(&shared->group, 4);
    for (int i = 0; i < 2; i++) {
        start(try_and_visit, shared);
        start(lock_and_visit, shared);
    }
    rt_wait_group_wait(&shared->group);
}

START_TEST(try_lock_and_lock_exclude_each_other)
{
    struct shared shared = {0};

    run_at(run_procs[_i], run_mixed_visitors, &shared);
    ck_assert_int_eq(shared.broken, 0);
    ck_assert_int_eq(shared.count, 4 * ROUNDS);
}
END_TEST

/* ---- Passing it on --------------------------------------------------------------------------- */

/* Two mutexes make a relay: each task unlocks what the other has locked, so every lock waits and
 * every unlock must wake. A lost wake-up is a deadlock here. */
struct relay {
    rt_mutex ping, pong;
    int pings, pongs;
};

static void answer_pings(void *arg)
{
    struct relay *relay = arg;

    for (int i = 0; i < ROUNDS; i++) {
        rt_mutex_lock(&relay->ping);
        relay->pongs++;
        rt_mutex_unlock(&relay->pong);
    }
}

static void send_pings(void *arg)
{
    struct relay *relay = arg;

    rt_mutex_lock(&relay->ping);
    rt_mutex_lock(&relay->pong);
    start(answer_pings, relay);
    for (int i = 0; i < ROUNDS; i++) {
        relay->pings++;
        rt_mutex_unlock(&relay->ping);
        rt_mutex_lock(&relay->pong);
    }
    yield_until_tasks(1);
}

START_TEST(every_unlock_wakes_the_waiter)
{
    struct relay relay = {0};

    run_at(run_procs[_i], send_pings, &relay);
    ck_assert_int_eq(relay.pings, ROUNDS);
    ck_assert_int_eq(relay.pongs, ROUNDS);
}
END_TEST

/* Hogs take the lock again at once, and never yield outside of it. */
struct hogs {
    rt_mutex mutex;
    _Atomic(bool) stop;
    rt_wait_group group;
    int turns;
};

static void hog(void *arg)
{
    struct hogs *hogs = arg;

    while (!atomic_load(&hogs->stop)) {
        rt_mutex_lock(&hogs->mutex);
        rt_yield();
        rt_mutex_unlock(&hogs->mutex);
    }
    rt_wait_group_done(&hogs->group);
}

static void take_turns_with_hogs(void *arg)
{
    struct hogs *hogs = arg;

    rt_wait_group_add(&hogs->group, 4);
    for (int i = 0; i < 4; i++)
        start(hog, hogs);
    for (; hogs->turns < 50; hogs->turns++) {
        rt_mutex_lock(&hogs->mutex);
        rt_mutex_unlock(&hogs->mutex);
    }
    atomic_store(&hogs->stop, true);
    rt_wait_group_wait(&hogs->group);
}

START_TEST(nobody_starves_among_hogs)
{
    struct hogs hogs = {0};

    run_at(run_procs[_i], take_turns_with_hogs, &hogs);
    ck_assert_int_eq(hogs.turns, 50);
}
END_TEST

/* Whoever is canceled in his wait leaves a mutex that is still marked as waited for. Its unlock
 * finds nobody to wake, while the next one comes to wait. */
struct succession {
    rt_mutex mutex;
    _Atomic(int) waiting, arriving, arrived;
    int canceled;
};

static void be_canceled(void *arg)
{
    struct succession *succession = arg;

    atomic_fetch_add(&succession->waiting, 1);
    succession->canceled += rt_mutex_lock(&succession->mutex) == RT_ECANCELED;
}

static void arrive(void *arg)
{
    struct succession *succession = arg;

    atomic_fetch_add(&succession->arriving, 1);
    rt_mutex_lock(&succession->mutex);
    rt_mutex_unlock(&succession->mutex);
    atomic_fetch_add(&succession->arrived, 1);
}

static void unlock_after_a_canceled_wait(void *arg)
{
    struct succession *succession = arg;

    for (int i = 1; i <= ROUNDS; i++) {
        rt_group *group = rt_group_new(RT_FOREVER);
        rt_mutex_lock(&succession->mutex);
        rt_group_go(group, be_canceled, succession);
        yield_until(&succession->waiting, i);
        rt_group_cancel(group);
        rt_group_wait(group);
        rt_group_free(group);
        start(arrive, succession);
        yield_until(&succession->arriving, i);
        spin(i % 200); /* anywhere in the other's way to its wait */
        rt_mutex_unlock(&succession->mutex);
        yield_until(&succession->arrived, i);
    }
}

START_TEST(a_canceled_waiter_leaves_no_successor_behind)
{
    struct succession succession = {0};

    run_at(run_procs[_i], unlock_after_a_canceled_wait, &succession);
    ck_assert_int_gt(succession.canceled, 0);
    ck_assert_int_eq(succession.arrived, ROUNDS);
}
END_TEST

/* ---- Its end --------------------------------------------------------------------------------- */

/* What lies in a mutex's memory after its life. Whatever still writes there changes it. */
#define POISON 0xA5

struct last_use {
    rt_mutex mutex;
    bool finished;
};

static void finish_under_the_lock(void *arg)
{
    struct last_use *last = arg;

    rt_mutex_lock(&last->mutex);
    last->finished = true;
    rt_mutex_unlock(&last->mutex);
}

/* Whoever takes the lock last and sees that the others have left may put the memory to another use,
 * as with reference counts. The other's unlock must have let go of the mutex by then. */
static void use_memory_after_last_unlock(void *arg)
{
    unsigned char poison[sizeof(struct last_use)];
    int *changed = arg;

    memset(poison, POISON, sizeof poison);
    for (int i = 0; i < ROUNDS; i++) {
        struct last_use *last = calloc(1, sizeof *last);
        bool finished = false;

        start(finish_under_the_lock, last);
        while (!finished) {
            rt_mutex_lock(&last->mutex);
            finished = last->finished;
            rt_mutex_unlock(&last->mutex);
            rt_yield();
        }
        memset(last, POISON, sizeof *last);
        spin(300);
        *changed += memcmp(last, poison, sizeof *last) != 0;
        free(last);
    }
}

START_TEST(unlock_leaves_the_mutex_alone_once_another_can_lock)
{
    int changed = 0;

    run_at(run_procs[_i], use_memory_after_last_unlock, &changed);
    ck_assert_int_eq(changed, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("mutex");

    tcase_add_loop_test(tests, one_task_at_a_time_holds_the_lock, 0, RUN_PROCS);
    tcase_add_loop_test(tests, lock_is_kept_while_its_holder_yields, 0, RUN_PROCS);
    tcase_add_loop_test(tests, try_lock_and_lock_exclude_each_other, 0, RUN_PROCS);
    tcase_add_loop_test(tests, every_unlock_wakes_the_waiter, 0, RUN_PROCS);
    tcase_add_loop_test(tests, nobody_starves_among_hogs, 0, RUN_PROCS);
    tcase_add_loop_test(tests, a_canceled_waiter_leaves_no_successor_behind, 0, RUN_PROCS);
    tcase_add_loop_test(tests, unlock_leaves_the_mutex_alone_once_another_can_lock, 0, RUN_PROCS);
    return run_tests("mutex", tests);
}
