/* test_semaphore.c - tests of runtime/semaphore.c: as many tasks inside as there are permits,
 * served in the order in which they came, and no permit lost or made up. */
#include <check.h>
#include <stdatomic.h>

#include "child.h"
#include "rt.h"
#include "run.h"

#define TASKS 8
#define ROUNDS 2000
#define PERMITS 3

static struct child child;

/* ---- How many are inside --------------------------------------------------------------------- */

struct room {
    rt_semaphore places;
    _Atomic(int) arrived, inside, most, left;
    bool tries;
};

static void come_in(struct room *room)
{
    int inside = atomic_fetch_add(&room->inside, 1) + 1;
    int most = atomic_load(&room->most);

    while (inside > most && !atomic_compare_exchange_weak(&room->most, &most, inside))
        ;
}

static void come_and_go(void *arg)
{
    struct room *room = arg;

    for (int i = 0; i < ROUNDS; i++) {
        if (room->tries) {
            while (!rt_semaphore_try_acquire(&room->places))
                rt_yield();
        } else {
            rt_semaphore_acquire(&room->places);
        }
        come_in(room);
        if (i % 4 == 0)
            rt_yield();
        atomic_fetch_sub(&room->inside, 1);
        rt_semaphore_release(&room->places);
    }
    atomic_fetch_add(&room->left, 1);
}

static void run_visitors(void *arg)
{
    for (int i = 0; i < TASKS; i++)
        start(come_and_go, arg);
    yield_until(&((struct room *)arg)->left, TASKS);
}

static void assert_never_crowded(int procs, struct room *room)
{
    run_at(procs, run_visitors, room);
    ck_assert_int_le(room->most, PERMITS);
    ck_assert_int_eq(room->places.permits, PERMITS);
}

START_TEST(no_more_tasks_are_inside_than_there_are_permits)
{
    struct room room = {.places = {.permits = PERMITS}};

    assert_never_crowded(run_procs[_i], &room);
}
END_TEST

START_TEST(no_more_tasks_get_in_by_trying)
{
    struct room room = {.places = {.permits = PERMITS}, .tries = true};

    assert_never_crowded(run_procs[_i], &room);
}
END_TEST

static void come_and_stay(void *arg)
{
    struct room *room = arg;

    atomic_fetch_add(&room->arrived, 1);
    rt_semaphore_acquire(&room->places);
    atomic_fetch_add(&room->inside, 1);
}

static void fill_the_room(void *arg)
{
    struct room *room = arg;

    for (int i = 0; i < TASKS; i++)
        start(come_and_stay, room);
    yield_until(&room->arrived, TASKS);
    let_others_block();
    ck_assert_int_eq(room->inside, PERMITS);
    for (int more = 1; more <= TASKS - PERMITS; more++) {
        rt_semaphore_release(&room->places);
        let_others_block();
        ck_assert_int_eq(room->inside, PERMITS + more);
    }
}

START_TEST(each_permit_lets_exactly_one_in)
{
    struct room room = {.places = {.permits = PERMITS}};

    run_at(run_procs[_i], fill_the_room, &room);
}
END_TEST

static void try_alone(void *arg)
{
    rt_semaphore two = {.permits = 2}, none = {0};

    (void)arg;
    ck_assert(rt_semaphore_try_acquire(&two));
    ck_assert(rt_semaphore_try_acquire(&two));
    ck_assert(!rt_semaphore_try_acquire(&two));
    rt_semaphore_release(&two);
    ck_assert(rt_semaphore_try_acquire(&two));

    ck_assert(!rt_semaphore_try_acquire(&none));
    rt_semaphore_release(&none);
    rt_semaphore_release(&none); /* more than there were at first */
    ck_assert_int_eq(rt_semaphore_acquire(&none), RT_OK);
    ck_assert(rt_semaphore_try_acquire(&none));
    ck_assert(!rt_semaphore_try_acquire(&none));
}

START_TEST(try_acquire_takes_a_free_permit_and_never_waits)
{
    run_at(run_procs[_i], try_alone, NULL);
}
END_TEST

/* ---- Order ----------------------------------------------------------------------------------- */

struct line {
    rt_semaphore permit;
    int served[TASKS];
    _Atomic(int) next_place, count;
};

static void stand_in_line(void *arg)
{
    struct line *line = arg;
    int place = atomic_fetch_add(&line->next_place, 1);

    rt_semaphore_acquire(&line->permit);
    line->served[atomic_fetch_add(&line->count, 1)] = place;
}

static void serve_in_line(void *arg)
{
    struct line *line = arg;

    for (int i = 0; i < TASKS; i++) {
        start(stand_in_line, line);
        let_others_block();
    }
    for (int i = 0; i < TASKS; i++) {
        rt_semaphore_release(&line->permit);
        yield_until(&line->count, i + 1);
    }
}

START_TEST(who_waited_longest_is_served_first)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], serve_in_line, &line);
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(line.served[i], i);
}
END_TEST

static void try_to_push_in(void *arg)
{
    struct line *line = arg;

    start(stand_in_line, line);
    let_others_block();
    rt_semaphore_release(&line->permit);
    ck_assert(!rt_semaphore_try_acquire(&line->permit));
    yield_until(&line->count, 1);
}

START_TEST(released_permit_belongs_to_the_waiter_at_once)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], try_to_push_in, &line);
}
END_TEST

/* ---- Wake-ups -------------------------------------------------------------------------------- */

/* Two tasks give each other the go-ahead in turn. A lost wake-up is a deadlock here. */
struct relay {
    rt_semaphore ping, pong;
    int pings, pongs; /* plain: the semaphores order them */
};

static void answer_pings(void *arg)
{
    struct relay *relay = arg;

    for (int i = 0; i < ROUNDS; i++) {
        rt_semaphore_acquire(&relay->ping);
        relay->pongs += relay->pings == i + 1;
        rt_semaphore_release(&relay->pong);
    }
}

static void send_pings(void *arg)
{
    struct relay *relay = arg;

    start(answer_pings, relay);
    for (int i = 0; i < ROUNDS; i++) {
        relay->pings++;
        rt_semaphore_release(&relay->ping);
        rt_semaphore_acquire(&relay->pong);
    }
}

START_TEST(every_release_wakes_its_waiter)
{
    struct relay relay = {.pings = 0};

    run_at(run_procs[_i], send_pings, &relay);
    ck_assert_int_eq(relay.pongs, ROUNDS);
}
END_TEST

/* ---- Canceling ------------------------------------------------------------------------------- */

#define RELEASES 3

struct race {
    rt_semaphore permits;
    _Atomic(int) acquired, canceled;
};

static void acquire_one(void *arg)
{
    struct race *race = arg;

    if (rt_semaphore_acquire(&race->permits) == RT_OK)
        atomic_fetch_add(&race->acquired, 1);
    else
        atomic_fetch_add(&race->canceled, 1);
}

static void release_some(void *arg)
{
    for (int i = 0; i < RELEASES; i++)
        rt_semaphore_release(&((struct race *)arg)->permits);
}

/* Releases and the cancel meet the same waiters: what they have not got must be there
 * afterwards. */
static bool permits_are_kept(int round)
{
    struct race race = {.acquired = 0};
    rt_group *group = rt_group_new(RT_FOREVER);
    int left = 0;

    for (int i = 0; i < 2 * RELEASES; i++)
        rt_group_go(group, acquire_one, &race);
    start(release_some, &race);
    yield_often(round % 4);
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
    yield_until_tasks(1);
    while (rt_semaphore_try_acquire(&race.permits))
        left++;
    return race.acquired + race.canceled == 2 * RELEASES && race.acquired + left == RELEASES;
}

static void race_releases_with_cancels(void *arg)
{
    int *broken = arg;

    for (int round = 0; round < 400; round++)
        *broken += !permits_are_kept(round);
}

START_TEST(canceled_waiters_take_no_permit_with_them)
{
    int broken = 0;

    run_at(run_procs[_i], race_releases_with_cancels, &broken);
    ck_assert_int_eq(broken, 0);
}
END_TEST

/* ---- Reports --------------------------------------------------------------------------------- */

static rt_semaphore slots;

static void wait_for_a_slot(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&slots); /* @acquire */
}

START_TEST(deadlock_report_names_the_semaphore)
{
    child_run(&child, wait_for_a_slot, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
    assert_reported(&child, place_of(__FILE__, "acquire"),
                    (const char *[]){"acquire semaphore", "`slots`", NULL});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("semaphore");

    tcase_add_loop_test(tests, no_more_tasks_are_inside_than_there_are_permits, 0, RUN_PROCS);
    tcase_add_loop_test(tests, no_more_tasks_get_in_by_trying, 0, RUN_PROCS);
    tcase_add_loop_test(tests, each_permit_lets_exactly_one_in, 0, RUN_PROCS);
    tcase_add_loop_test(tests, try_acquire_takes_a_free_permit_and_never_waits, 0, RUN_PROCS);
    tcase_add_loop_test(tests, who_waited_longest_is_served_first, 0, RUN_PROCS);
    tcase_add_loop_test(tests, released_permit_belongs_to_the_waiter_at_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, every_release_wakes_its_waiter, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceled_waiters_take_no_permit_with_them, 0, RUN_PROCS);
    tcase_add_loop_test(tests, deadlock_report_names_the_semaphore, 0, RUN_PROCS);
    return run_tests("semaphore", tests);
}
