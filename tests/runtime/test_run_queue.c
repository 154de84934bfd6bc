/* test_run_queue.c - tests of runtime/run_queue.c alone, without a scheduler: the order of the
 * ring, and that owner and thieves together get each task exactly once. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"
#include "run.h"
#include "run_queue.h"
#include "task.h"
#include "tool.h"

static struct rt__run_queue queue, other;
static struct rt__task tasks[2 * RT__RUN_QUEUE_SIZE];

static void push_all(int from, int to)
{
    for (int i = from; i < to; i++)
        ck_assert(rt__run_queue_push(&queue, &tasks[i]));
}

/* ---- Order ----------------------------------------------------------------------------------- */

START_TEST(oldest_comes_first)
{
    push_all(0, 8);
    for (int i = 0; i < 8; i++)
        ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[i]);
    ck_assert_ptr_null(rt__run_queue_pop_oldest(&queue));
}
END_TEST

START_TEST(youngest_comes_from_the_other_end)
{
    push_all(0, 3);
    ck_assert_ptr_eq(rt__run_queue_pop_youngest(&queue), &tasks[2]);
    ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[0]);
    ck_assert_ptr_eq(rt__run_queue_pop_youngest(&queue), &tasks[1]);
    ck_assert_ptr_null(rt__run_queue_pop_youngest(&queue));
}
END_TEST

START_TEST(order_is_kept_when_the_ring_wraps)
{
    int next_in = 0, next_out = 0;

    for (int round = 0; round < 2000; round++) {
        for (int i = 0; i < 7; i++)
            push_all(next_in % RT__RUN_QUEUE_SIZE, next_in % RT__RUN_QUEUE_SIZE + 1), next_in++;
        for (int i = 0; i < 7; i++, next_out++)
            ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue),
                             &tasks[next_out % RT__RUN_QUEUE_SIZE]);
    }
    ck_assert(rt__run_queue_ring_is_empty(&queue));
}
END_TEST

START_TEST(full_ring_takes_no_more_and_gives_its_older_half)
{
    struct rt__task *first, *last;

    push_all(0, RT__RUN_QUEUE_SIZE);
    ck_assert(!rt__run_queue_push(&queue, &tasks[RT__RUN_QUEUE_SIZE]));
    ck_assert_uint_eq(rt__run_queue_take_half(&queue, &first, &last), RT__RUN_QUEUE_SIZE / 2);
    for (int i = 0; i < RT__RUN_QUEUE_SIZE / 2; i++) {
        ck_assert_ptr_eq(first, &tasks[i]);
        if (i == RT__RUN_QUEUE_SIZE / 2 - 1)
            ck_assert_ptr_eq(first, last);
        first = first->link;
    }
    ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[RT__RUN_QUEUE_SIZE / 2]);
}
END_TEST

START_TEST(exchange_gives_the_oldest_for_one_at_the_end)
{
    ck_assert_ptr_null(rt__run_queue_exchange(&queue, &tasks[0]));
    ck_assert(rt__run_queue_ring_is_empty(&queue));
    for (int size = 1; size <= RT__RUN_QUEUE_SIZE; size++) {
        push_all(0, size);
        ck_assert_ptr_eq(rt__run_queue_exchange(&queue, &tasks[size]), &tasks[0]);
        ck_assert_ptr_null(rt__run_queue_pop_youngest(&queue)); /* it gave way to all */
        for (int i = 1; i <= size; i++)
            ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[i]);
        ck_assert(rt__run_queue_ring_is_empty(&queue));
    }
}
END_TEST

START_TEST(next_slot_holds_one)
{
    ck_assert(rt__run_queue_next_is_empty(&queue));
    ck_assert_ptr_null(rt__run_queue_set_next(&queue, &tasks[0]));
    ck_assert(!rt__run_queue_next_is_empty(&queue));
    ck_assert_ptr_eq(rt__run_queue_set_next(&queue, &tasks[1]), &tasks[0]);
    ck_assert_ptr_eq(rt__run_queue_take_next(&queue), &tasks[1]);
    ck_assert_ptr_null(rt__run_queue_take_next(&queue));
    ck_assert(rt__run_queue_ring_is_empty(&queue));
}
END_TEST

START_TEST(thief_gets_the_older_half_rounded_up)
{
    push_all(0, 5);
    ck_assert_ptr_eq(rt__run_queue_steal(&queue, &other), &tasks[0]);
    ck_assert_ptr_eq(rt__run_queue_pop_oldest(&other), &tasks[1]);
    ck_assert_ptr_eq(rt__run_queue_pop_oldest(&other), &tasks[2]);
    ck_assert_ptr_null(rt__run_queue_pop_oldest(&other));
    ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[3]);
    ck_assert_ptr_eq(rt__run_queue_steal(&queue, &other), &tasks[4]);
    ck_assert_ptr_null(rt__run_queue_steal(&queue, &other));
}
END_TEST

/* A thief may sleep between reading the word and swapping it, for as long as it takes the owner to
 * push and pop until head and tail are where they were. */
START_TEST(counters_that_come_round_do_not_bring_a_word_back)
{
    uint64_t before = atomic_load(&queue.ends);

    for (int i = 0; i < 65536; i++) {
        push_all(0, 1);
        ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[0]);
    }
    ck_assert(atomic_load(&queue.ends) != before);
    ck_assert_uint_eq((uint32_t)atomic_load(&queue.ends), (uint32_t)before);
}
END_TEST

START_TEST(stolen_tasks_move_the_tail_round_too)
{
    for (int i = 0; i < 65536; i++) {
        push_all(0, 3);
        ck_assert_ptr_eq(rt__run_queue_steal(&queue, &other), &tasks[0]);
        ck_assert_ptr_eq(rt__run_queue_pop_oldest(&other), &tasks[1]);
        ck_assert_ptr_eq(rt__run_queue_pop_oldest(&queue), &tasks[2]);
    }
    ck_assert_uint_eq((uint32_t)atomic_load(&other.ends), 0);
    ck_assert(atomic_load(&other.ends) != 0);
}
END_TEST

/* ---- Owner and thieves ----------------------------------------------------------------------- */

#define THIEVES 2
#define PUSHED few_or(1000000)

/* Few descriptors for many pushes: the same task comes back to the same slot, which is what the
 * version in the queue's word is for. A descriptor is free when `queued` is 0. */
static _Atomic(int) queued[2 * RT__RUN_QUEUE_SIZE];
static _Atomic(int) doubled;
static _Atomic(int64_t) taken;
static _Atomic(bool) pushed_all;

static void take(struct rt__task *task)
{
    if (atomic_exchange(&queued[task - tasks], 0) != 1)
        atomic_fetch_add(&doubled, 1);
    atomic_fetch_add(&taken, 1);
}

static void *steal_until_done(void *arg)
{
    struct rt__run_queue *own = arg;
    struct rt__task *task;

    while (!atomic_load(&pushed_all) || !rt__run_queue_ring_is_empty(&queue) ||
           !rt__run_queue_next_is_empty(&queue)) {
        if ((task = rt__run_queue_take_next(&queue)) != NULL)
            take(task);
        if ((task = rt__run_queue_steal(&queue, own)) != NULL)
            take(task);
        while ((task = rt__run_queue_pop_oldest(own)) != NULL)
            take(task);
    }
    return NULL;
}

static struct rt__task *free_task(unsigned random)
{
    int all = (int)(sizeof tasks / sizeof tasks[0]);

    for (int i = 0; i < all; i++) {
        int n = (int)((random + (unsigned)i) % (unsigned)all);
        int zero = 0;

        if (atomic_compare_exchange_strong(&queued[n], &zero, 1))
            return &tasks[n];
    }
    return NULL;
}

static void push_or_hand_over(struct rt__task *task)
{
    struct rt__task *first, *last;

    while (!rt__run_queue_push(&queue, task)) {
        for (uint32_t n = rt__run_queue_take_half(&queue, &first, &last); n > 0; n--) {
            struct rt__task *next = first->link;

            take(first);
            first = next;
        }
    }
}

static void push_and_pop(unsigned *random)
{
    struct rt__task *task = free_task(*random), *popped = NULL;

    *random = *random * 1664525 + 1013904223;
    if (task && *random >> 30 == 0)
        task = rt__run_queue_set_next(&queue, task);
    if (task)
        push_or_hand_over(task);
    if (*random >> 29 & 1)
        popped = *random >> 28 & 1 ? rt__run_queue_pop_oldest(&queue)
                                   : rt__run_queue_pop_youngest(&queue);
    if (popped)
        take(popped);
}

START_TEST(owner_and_thieves_get_each_task_once)
{
    static struct rt__run_queue own[THIEVES];
    pthread_t thieves[THIEVES];
    struct rt__task *task;
    unsigned random = 1;
    int64_t pushed = 0;

    for (int i = 0; i < THIEVES; i++)
        ck_assert_int_eq(pthread_create(&thieves[i], NULL, steal_until_done, &own[i]), 0);
    for (; pushed < PUSHED; pushed++)
        push_and_pop(&random);
    while ((task = rt__run_queue_pop_youngest(&queue)) || (task = rt__run_queue_take_next(&queue)))
        take(task);
    atomic_store(&pushed_all, true);
    for (int i = 0; i < THIEVES; i++)
        pthread_join(thieves[i], NULL);
    ck_assert_int_eq(doubled, 0);
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++)
        ck_assert_int_eq(queued[i], 0); /* none was lost */
    ck_assert_int_gt(taken, PUSHED / 2);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("run queue");

    tcase_add_test(tests, oldest_comes_first);
    tcase_add_test(tests, youngest_comes_from_the_other_end);
    tcase_add_test(tests, order_is_kept_when_the_ring_wraps);
    tcase_add_test(tests, full_ring_takes_no_more_and_gives_its_older_half);
    tcase_add_test(tests, exchange_gives_the_oldest_for_one_at_the_end);
    tcase_add_test(tests, next_slot_holds_one);
    tcase_add_test(tests, thief_gets_the_older_half_rounded_up);
    tcase_add_test(tests, counters_that_come_round_do_not_bring_a_word_back);
    tcase_add_test(tests, stolen_tasks_move_the_tail_round_too);
    tcase_add_test(tests, owner_and_thieves_get_each_task_once);
    return run_tests("run queue", tests);
}
