/* test_misuse.c - tests of misuse (what would be a panic in Go): each ends the program at once with
 * RT_EXIT_MISUSE, and a report that says what is wrong, in which task, and at which place. */
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static struct child child;
static rt_chan *orders, *other;
static rt_mutex till;
static rt_wait_group crew;
static int one = 1;
static _Atomic(int) arrived;

/* ---- The misuses ----------------------------------------------------------------------------- */

static void close_twice(void *arg)
{
    (void)arg;
    orders = ints_new(0);
    rt_chan_close(orders);
    rt_chan_close(orders); /* @close twice */
}

static void close_null(void *arg)
{
    (void)arg;
    rt_chan_close(orders); /* @close NULL */
}

static void send_after_close(void *arg)
{
    (void)arg;
    orders = ints_new(1);
    rt_chan_close(orders);
    rt_chan_send(orders, &one); /* @send after close */
}

static void try_send_after_close(void *arg)
{
    (void)arg;
    orders = ints_new(1);
    rt_chan_close(orders);
    rt_chan_try_send(orders, &one); /* @try send after close */
}

static void send_and_wait(void *arg)
{
    (void)arg;
    rt_set_name("sender");
    atomic_store(&arrived, 1);
    rt_chan_send(orders, &one); /* @send before close */
}

static void close_under_a_sender(void *arg)
{
    (void)arg;
    orders = ints_new(0);
    start(send_and_wait, NULL);
    yield_until(&arrived, 1);
    yield_often(100);
    rt_chan_close(orders);
    rt_chan_recv(NULL, NULL);
}

static void select_send_after_close(void *arg)
{
    (void)arg;
    orders = ints_new(0);
    rt_chan_close(orders);
    rt_select((rt_case[]){RT_SEND(orders, &one)}, 1, RT_NO_WAIT); /* @select send after close */
}

static void select_and_wait(void *arg)
{
    rt_case cases[] = {RT_RECV(other, NULL), RT_SEND(orders, &one)};

    (void)arg;
    atomic_store(&arrived, 1);
    rt_select(cases, 2, RT_FOREVER); /* @select before close */
}

static void close_under_a_select(void *arg)
{
    (void)arg;
    orders = ints_new(0);
    other = ints_new(0);
    start(select_and_wait, NULL);
    yield_until(&arrived, 1);
    yield_often(100);
    rt_chan_close(orders);
    rt_chan_recv(NULL, NULL);
}

static void select_with_too_many(void *arg)
{
    static rt_case cases[RT_SELECT_MAX + 1];

    (void)arg;
    rt_select(cases, RT_SELECT_MAX + 1, RT_NO_WAIT); /* @too many cases */
}

static void select_with_negative(void *arg)
{
    (void)arg;
    rt_select(NULL, -1, RT_NO_WAIT); /* @negative cases */
}

static void receive_and_wait(void *arg)
{
    (void)arg;
    rt_chan_recv(orders, NULL);
}

static void free_under_a_receiver(void *arg)
{
    (void)arg;
    rt_procs(1);
    orders = ints_new(0);
    start(receive_and_wait, NULL);
    yield_often(100);
    rt_chan_free(orders); /* @free in use */
}

static void unlock_unlocked(void *arg)
{
    (void)arg;
    rt_mutex_unlock(&till); /* @unlock unlocked */
}

static void done_too_often(void *arg)
{
    (void)arg;
    rt_wait_group_add(&crew, 1);
    rt_wait_group_done(&crew);
    rt_wait_group_done(&crew); /* @done too often */
}

static void add_too_little(void *arg)
{
    (void)arg;
    rt_wait_group_add(&crew, -1); /* @add too little */
}

struct misuse {
    void (*main_fn)(void *arg);
    const char *mark;
    const char *said; /* a word of what is wrong */
};

static const struct misuse misuses[] = {
    {close_twice, "close twice", "closed"},
    {close_null, "close NULL", "NULL"},
    {send_after_close, "send after close", "closed"},
    {try_send_after_close, "try send after close", "closed"},
    {close_under_a_sender, "send before close", "closed"},
    {select_send_after_close, "select send after close", "closed"},
    {close_under_a_select, "select before close", "closed"},
    {select_with_too_many, "too many cases", "64"},
    {select_with_negative, "negative cases", "-1"},
    {free_under_a_receiver, "free in use", "task"},
    {unlock_unlocked, "unlock unlocked", "not locked"},
    {done_too_often, "done too often", "zero"},
    {add_too_little, "add too little", "zero"},
};

#define MISUSES ((int)(sizeof misuses / sizeof misuses[0]))

START_TEST(misuse_is_reported_with_its_place)
{
    const struct misuse *misuse = &misuses[_i / RUN_PROCS];

    child_run(&child, misuse->main_fn,
              (const char *[]){run_procs_environment[_i % RUN_PROCS], NULL});
    ck_assert_msg(child.status == RT_EXIT_MISUSE, "exit status %d:\n%s", child.status, child.err);
    assert_reported(&child, place_of(__FILE__, misuse->mark),
                    (const char *[]){"misuse:", misuse->said, NULL});
}
END_TEST

START_TEST(report_names_the_task)
{
    child_run(&child, close_under_a_sender, NULL);
    ck_assert_msg(strstr(child.err, "sender"), "%s", child.err);
}
END_TEST

START_TEST(report_names_the_object)
{
    child_run(&child, send_after_close, NULL);
    assert_reported(&child, place_of(__FILE__, "send after close"),
                    (const char *[]){"`orders`", NULL});
    child_run(&child, unlock_unlocked, NULL);
    assert_reported(&child, place_of(__FILE__, "unlock unlocked"),
                    (const char *[]){"`till`", NULL});
    child_run(&child, done_too_often, NULL);
    assert_reported(&child, place_of(__FILE__, "done too often"), (const char *[]){"`crew`", NULL});
}
END_TEST

/* ---- Outside of tasks ------------------------------------------------------------------------ */

static void go_outside(void *arg)
{
    rt_go(receive_and_wait, arg); /* @go outside */
}

static void send_outside(void *arg)
{
    (void)arg;
    rt_chan_send(ints_new(0), &one); /* @send outside */
}

static void receive_outside(void *arg)
{
    (void)arg;
    rt_chan_recv(ints_new(0), &one); /* @receive outside */
}

static void select_outside(void *arg)
{
    (void)arg;
    rt_select(NULL, 0, RT_FOREVER); /* @select outside */
}

static void lock_outside(void *arg)
{
    (void)arg;
    rt_mutex_lock(&till); /* @lock outside */
    rt_mutex_lock(&till);
}

static void wait_outside(void *arg)
{
    (void)arg;
    rt_wait_group_wait(&crew); /* @wait outside */
}

static void sleep_outside(void *arg)
{
    (void)arg;
    rt_sleep(1); /* @sleep outside */
}

static const struct misuse outside[] = {
    {go_outside, "go outside", "outside"},           {send_outside, "send outside", "outside"},
    {receive_outside, "receive outside", "outside"}, {select_outside, "select outside", "outside"},
    {lock_outside, "lock outside", "outside"},       {wait_outside, "wait outside", "outside"},
    {sleep_outside, "sleep outside", "outside"},
};

#define OUTSIDE ((int)(sizeof outside / sizeof outside[0]))

START_TEST(blocking_outside_of_tasks_is_a_misuse)
{
    const struct misuse *misuse = &outside[_i];

    child_call(&child, misuse->main_fn, NULL);
    ck_assert_msg(child.status == RT_EXIT_MISUSE, "exit status %d:\n%s", child.status, child.err);
    assert_reported(&child, place_of(__FILE__, misuse->mark),
                    (const char *[]){"misuse:", misuse->said, NULL});
}
END_TEST

/* ---- The end of the program ------------------------------------------------------------------ */

static void print_then_misuse(void *arg)
{
    printf("printed before\n");
    close_twice(arg);
}

START_TEST(what_was_printed_before_comes_out)
{
    child_run(&child, print_then_misuse, NULL);
    ck_assert_str_eq(child.out, "printed before\n");
}
END_TEST

static void misuse_at_once(void *arg)
{
    (void)arg;
    rt_mutex_unlock(&till);
}

static void misuse_in_many_tasks(void *arg)
{
    (void)arg;
    for (int i = 0; i < 50; i++)
        start(misuse_at_once, NULL);
    rt_chan_recv(NULL, NULL);
}

START_TEST(misuses_at_the_same_time_end_the_program_once)
{
    for (int i = 0; i < 20; i++) {
        child_run(&child, misuse_in_many_tasks, (const char *[]){run_procs_environment[_i], NULL});
        ck_assert(!child.timed_out);
        ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
        ck_assert_msg(count_reported(&child, "misuse:") == 1, "more than one:\n%.1000s", child.err);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("misuse");

    tcase_add_loop_test(tests, misuse_is_reported_with_its_place, 0, MISUSES * RUN_PROCS);
    tcase_add_test(tests, report_names_the_task);
    tcase_add_test(tests, report_names_the_object);
    tcase_add_loop_test(tests, blocking_outside_of_tasks_is_a_misuse, 0, OUTSIDE);
    tcase_add_test(tests, what_was_printed_before_comes_out);
    tcase_add_loop_test(tests, misuses_at_the_same_time_end_the_program_once, 0, RUN_PROCS);
    return run_tests("misuse", tests);
}
