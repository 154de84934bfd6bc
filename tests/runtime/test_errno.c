/* test_errno.c - tests that errno belongs to the task: it survives whatever takes the task off its
 * thread, and no other task's errno gets in.
 *
 * errno is read and written in functions that the compiler can't see into. Within one function it
 * takes the address of errno once - but after a switch the task may be on another thread. */
#include <check.h>
#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

#include "ints.h"
#include "rt.h"
#include "run.h"

#define TASKS 8
#define ROUNDS 500
#define MIGRATIONS 30

static __attribute__((noinline)) int errno_now(void)
{
    __asm__ volatile("");
    return errno;
}

static __attribute__((noinline)) void set_errno(int value)
{
    __asm__ volatile("");
    errno = value;
}

/* A number for each task and round that no system call returns. */
static int mark_of(int task, int round)
{
    return 1000 + task * ROUNDS + round;
}

struct shared {
    void (*act)(struct shared *shared, int round);
    rt_chan *chan;
    rt_mutex mutex;
    _Atomic(int) next_task, lost, migrated;
};

static void keep_errno(void *arg)
{
    struct shared *shared = arg;
    int task = atomic_fetch_add(&shared->next_task, 1);
    int proc = rt_proc_id();

    for (int round = 0; round < ROUNDS; round++) {
        set_errno(mark_of(task, round));
        shared->act(shared, round);
        atomic_fetch_add(&shared->lost, errno_now() != mark_of(task, round));
        atomic_fetch_add(&shared->migrated, rt_proc_id() != proc);
        proc = rt_proc_id();
    }
}

static void keep_errno_in_tasks(void *arg)
{
    for (int i = 0; i < TASKS; i++)
        start(keep_errno, arg);
    yield_until_tasks(1);
}

static int lost_while(int procs, void (*act)(struct shared *shared, int round))
{
    struct shared shared = {.act = act, .chan = ints_new(1)};

    run_at(procs, keep_errno_in_tasks, &shared);
    rt_chan_free(shared.chan);
    return shared.lost;
}

/* ---- Parks and yields ------------------------------------------------------------------------ */

static void yield_once(struct shared *shared, int round)
{
    (void)shared;
    (void)round;
    rt_yield();
}

START_TEST(errno_survives_a_yield)
{
    ck_assert_int_eq(lost_while(run_procs[_i], yield_once), 0);
}
END_TEST

/* Half of the tasks send, half receive, each as often as the other. */
static void pass_a_value(struct shared *shared, int round)
{
    if (round % 2 == 0)
        ints_send(shared->chan, round);
    else
        ints_recv(shared->chan);
}

START_TEST(errno_survives_parking_on_a_channel)
{
    ck_assert_int_eq(lost_while(run_procs[_i], pass_a_value), 0);
}
END_TEST

static void lock_and_yield(struct shared *shared, int round)
{
    (void)round;
    rt_mutex_lock(&shared->mutex);
    rt_yield();
    rt_mutex_unlock(&shared->mutex);
}

START_TEST(errno_survives_parking_on_a_mutex)
{
    ck_assert_int_eq(lost_while(run_procs[_i], lock_and_yield), 0);
}
END_TEST

static void sleep_briefly(struct shared *shared, int round)
{
    (void)shared;
    rt_sleep(1 + round % 50 * RT_US);
}

START_TEST(errno_survives_sleep)
{
    ck_assert_int_eq(lost_while(run_procs[_i], sleep_briefly), 0);
}
END_TEST

static void do_nothing(void *arg)
{
    (void)arg;
}

static void start_another(struct shared *shared, int round)
{
    (void)shared;
    (void)round;
    start(do_nothing, NULL);
    rt_yield();
}

START_TEST(errno_survives_starting_a_task)
{
    ck_assert_int_eq(lost_while(run_procs[_i], start_another), 0);
}
END_TEST

/* ---- Migrations ------------------------------------------------------------------------------ */

/* Whoever comes to the only proc that is left comes from another, and most leave it again. */
static void gather_and_spread(struct shared *shared, int round)
{
    (void)shared;
    if (round % 16 == 0) {
        rt_procs(1);
        rt_procs(4);
    }
    spin(round % 10 * 100);
    rt_yield();
}

static void migrate_often(void *arg)
{
    struct shared *shared = arg;

    while (shared->migrated < MIGRATIONS)
        keep_errno(shared);
}

static void migrate_in_tasks(void *arg)
{
    for (int i = 0; i < 3; i++)
        start(migrate_often, arg);
    yield_until_tasks(1);
}

START_TEST(errno_goes_along_to_another_thread)
{
    struct shared shared = {.act = gather_and_spread};

    run_at(4, migrate_in_tasks, &shared);
    ck_assert_int_eq(shared.lost, 0);
    ck_assert_int_ge(shared.migrated, MIGRATIONS);
}
END_TEST

/* ---- Blocking calls -------------------------------------------------------------------------- */

static void fail_to_read(void *arg)
{
    *(int *)arg = (int)read(-1, NULL, 0);
}

static void block_and_fail(void *arg)
{
    int *lost = arg, result = 0;

    for (int i = 0; i < ROUNDS; i++) {
        rt_blocking(fail_to_read, &result);
        *lost += result != -1 || errno_now() != EBADF;
        set_errno(mark_of(0, i));
        rt_blocking(do_nothing, NULL);
        *lost += errno_now() != mark_of(0, i);
    }
}

static void block_in_tasks(void *arg)
{
    for (int i = 0; i < TASKS; i++)
        start(block_and_fail, &((int *)arg)[i]);
    yield_until_tasks(1);
}

START_TEST(errno_comes_back_from_a_blocking_call_and_survives_one)
{
    int lost[TASKS] = {0};

    run_at(run_procs[_i], block_in_tasks, lost);
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(lost[i], 0);
}
END_TEST

/* ---- Hogs ------------------------------------------------------------------------------------ */

/* Hogs have no scheduling point: with one proc, each change of turns stops one of them. */
struct hogs {
    _Atomic(int) next, turn, turns, lost;
};

#define HOGS 3
#define TURNS 8

static void hog_with_errno(void *arg)
{
    struct hogs *hogs = arg;
    int me = atomic_fetch_add(&hogs->next, 1) + 1;

    set_errno(mark_of(me, 0));
    while (atomic_load(&hogs->turns) < TURNS) {
        if (atomic_exchange(&hogs->turn, me) != me)
            atomic_fetch_add(&hogs->turns, 1);
        for (int i = 0; i < 1000; i++) {
            if (errno_now() != mark_of(me, 0))
                atomic_fetch_add(&hogs->lost, 1);
        }
    }
}

static void run_hogs(void *arg)
{
    for (int i = 0; i < HOGS; i++)
        start(hog_with_errno, arg);
    set_errno(1);
    yield_until_tasks(1);
}

START_TEST(errno_of_a_hog_survives_being_stopped)
{
    struct hogs hogs = {.turn = 0};

    run_at(1, run_hogs, &hogs);
    ck_assert_int_eq(hogs.lost, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("errno");

    tcase_add_loop_test(tests, errno_survives_a_yield, 0, RUN_PROCS);
    tcase_add_loop_test(tests, errno_survives_parking_on_a_channel, 0, RUN_PROCS);
    tcase_add_loop_test(tests, errno_survives_parking_on_a_mutex, 0, RUN_PROCS);
    tcase_add_loop_test(tests, errno_survives_sleep, 0, RUN_PROCS);
    tcase_add_loop_test(tests, errno_survives_starting_a_task, 0, RUN_PROCS);
    tcase_add_test(tests, errno_goes_along_to_another_thread);
    tcase_add_loop_test(tests, errno_comes_back_from_a_blocking_call_and_survives_one, 0,
                        RUN_PROCS);
    tcase_add_test(tests, errno_of_a_hog_survives_being_stopped);
    return run_tests("errno", tests);
}
