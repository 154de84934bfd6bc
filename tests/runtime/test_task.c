/* test_task.c - tests of starting and ending: rt_run, rt_go, rt_yield, task numbers and counts, and
 * what becomes of tasks that are left when main ends. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

static void nothing(void *arg)
{
    (void)arg;
}

/* ---- rt_run ---------------------------------------------------------------------------------- */

static void add_one(void *arg)
{
    ++*(int *)arg;
}

START_TEST(run_passes_its_argument_and_returns_after_main)
{
    int runs = 0;

    run_at(run_procs[_i], add_one, &runs);
    ck_assert_int_eq(runs, 1);
}
END_TEST

static void count_with_tasks(void *arg);

START_TEST(runs_follow_one_another)
{
    int runs = 0;

    for (int i = 0; i < 50; i++) {
        run_at(run_procs[(i + _i) % RUN_PROCS], add_one, &runs);
        run_at(run_procs[(i + _i) % RUN_PROCS], count_with_tasks, &(int){100});
    }
    ck_assert_int_eq(runs, 50);
}
END_TEST

static void run_again(void *arg)
{
    *(int *)arg = rt_run(nothing, NULL);
}

START_TEST(run_inside_a_task_is_busy)
{
    int error = RT_OK;

    run_at(run_procs[_i], run_again, &error);
    ck_assert_int_eq(error, RT_EBUSY);
}
END_TEST

/* ---- rt_go ----------------------------------------------------------------------------------- */

struct counted {
    rt_wait_group group;
    _Atomic(int) runs;
};

static void be_counted(void *arg)
{
    struct counted *counted = arg;

    atomic_fetch_add(&counted->runs, 1);
    rt_wait_group_done(&counted->group);
}

static void count_with_tasks(void *arg)
{
    int tasks = *(int *)arg;
    struct counted counted = {0};

    rt_wait_group_add(&counted.group, tasks);
    for (int i = 0; i < tasks; i++)
        start(be_counted, &counted);
    rt_wait_group_wait(&counted.group);
    *(int *)arg = atomic_load(&counted.runs);
}

START_TEST(each_task_runs_exactly_once)
{
    const int tasks[] = {1, 2, 255, 256, 257, 1000, few_or(20000)}; /* around a ring's length */

    for (int i = 0; i < 7; i++) {
        int runs = tasks[i];

        run_at(run_procs[_i], count_with_tasks, &runs);
        ck_assert_int_eq(runs, tasks[i]);
    }
}
END_TEST

static void wait_until_closed(void *arg)
{
    struct rt_chan *open = arg;

    rt_chan_recv(open, NULL);
}

/* More tasks at once than run queues hold and than one region of stacks holds. ThreadSanitizer
 * takes a task for a thread, and can have 8128 of those. */
static int many_tasks(void)
{
    return running_under(THREAD_SANITIZER) ? 5000 : 20000;
}

static void park_many(void *arg)
{
    rt_chan *open = ints_new(0);

    for (int i = 0; i < many_tasks(); i++)
        start(wait_until_closed, open);
    *(int *)arg = (int)rt_num_tasks();
    rt_chan_close(open);
    yield_until_tasks(1);
    rt_chan_free(open);
}

START_TEST(thousands_of_tasks_wait_at_once)
{
    int tasks = 0;

    run_at(run_procs[_i], park_many, &tasks);
    ck_assert_int_eq(tasks, many_tasks() + 1);
}
END_TEST

/* ---- Numbers --------------------------------------------------------------------------------- */

#define NUMBERED 500

struct numbered {
    rt_wait_group group;
    uint64_t main_id;
    uint64_t ids[2 * NUMBERED];
    _Atomic(int) next;
};

static void note_id(void *arg)
{
    struct numbered *numbered = arg;
    uint64_t id = rt_task_id();

    rt_yield();
    if (id == rt_task_id()) /* it stays the same wherever the task runs */
        numbered->ids[atomic_fetch_add(&numbered->next, 1)] = id;
    rt_wait_group_done(&numbered->group);
}

static void number_tasks(void *arg)
{
    struct numbered *numbered = arg;

    numbered->main_id = rt_task_id();
    for (int wave = 0; wave < 2; wave++) { /* the second reuses the memory of the first */
        rt_wait_group_add(&numbered->group, NUMBERED);
        for (int i = 0; i < NUMBERED; i++)
            start(note_id, numbered);
        rt_wait_group_wait(&numbered->group);
    }
}

static int compare_ids(const void *left, const void *right)
{
    uint64_t l = *(const uint64_t *)left, r = *(const uint64_t *)right;

    return (l > r) - (l < r);
}

START_TEST(task_numbers_begin_at_one_and_are_not_reused)
{
    static struct numbered numbered;

    memset(&numbered, 0, sizeof numbered);
    run_at(run_procs[_i], number_tasks, &numbered);
    ck_assert_uint_eq(numbered.main_id, 1);
    ck_assert_int_eq(numbered.next, 2 * NUMBERED);
    qsort(numbered.ids, 2 * NUMBERED, sizeof numbered.ids[0], compare_ids);
    ck_assert_uint_gt(numbered.ids[0], 1);
    for (int i = 1; i < 2 * NUMBERED; i++)
        ck_assert_uint_lt(numbered.ids[i - 1], numbered.ids[i]);
}
END_TEST

struct counts {
    int64_t alone, with_others, after;
    int low, high; /* of proc numbers */
};

static void count_tasks(void *arg)
{
    struct counts *counts = arg;
    rt_chan *open = ints_new(0);

    counts->alone = rt_num_tasks();
    for (int i = 0; i < 10; i++)
        start(wait_until_closed, open);
    counts->with_others = rt_num_tasks();
    rt_chan_close(open);
    yield_until_tasks(1);
    counts->after = rt_num_tasks();
    rt_chan_free(open);
}

START_TEST(tasks_are_counted_from_start_to_end)
{
    struct counts counts = {0};

    run_at(run_procs[_i], count_tasks, &counts);
    ck_assert_int_eq(counts.alone, 1);
    ck_assert_int_eq(counts.with_others, 11);
    ck_assert_int_eq(counts.after, 1);
}
END_TEST

static void watch_proc_ids(void *arg)
{
    struct counts *counts = arg;

    for (int i = 0; i < 1000; i++) {
        int id = rt_proc_id();

        counts->low = id < counts->low ? id : counts->low;
        counts->high = id > counts->high ? id : counts->high;
        start(nothing, NULL);
        rt_yield();
    }
}

START_TEST(proc_numbers_are_below_the_number_of_procs)
{
    struct counts counts = {0};

    run_at(run_procs[_i], watch_proc_ids, &counts);
    ck_assert_int_ge(counts.low, 0);
    ck_assert_int_lt(counts.high, run_procs[_i]);
}
END_TEST

/* ---- rt_yield -------------------------------------------------------------------------------- */

#define STEPPERS 5
#define STEPS 200

struct steps {
    rt_wait_group group;
    int done[STEPPERS];
    int largest_lead;
};

struct stepper {
    struct steps *steps;
    int number;
};

static void step_and_yield(void *arg)
{
    struct stepper *stepper = arg;
    struct steps *steps = stepper->steps;

    for (int i = 0; i < STEPS; i++) {
        steps->done[stepper->number]++;
        for (int other = 0; other < STEPPERS; other++) {
            int lead = steps->done[stepper->number] - steps->done[other];

            if (lead > steps->largest_lead)
                steps->largest_lead = lead;
        }
        rt_yield();
    }
    rt_wait_group_done(&steps->group);
}

static void run_steppers(void *arg)
{
    struct steps *steps = arg;
    struct stepper steppers[STEPPERS];

    rt_wait_group_add(&steps->group, STEPPERS);
    for (int i = 0; i < STEPPERS; i++) {
        steppers[i] = (struct stepper){steps, i};
        start(step_and_yield, &steppers[i]);
    }
    rt_wait_group_wait(&steps->group);
}

START_TEST(yielding_tasks_take_turns)
{
    struct steps steps = {0};

    run_at(1, run_steppers, &steps);
    /* 1 if nobody is interrupted; 2 if the runtime took a proc away in the middle of a step. */
    ck_assert_int_le(steps.largest_lead, 2);
}
END_TEST

static void set_flag(void *arg)
{
    atomic_store((_Atomic(int) *)arg, 1);
}

/* The oldest runnable task must get its turn however busily the others spawn, wait and talk. */
static void spawn_and_wait_until_flagged(void *arg)
{
    _Atomic(int) *flag = arg;

    start(set_flag, flag);
    while (!atomic_load(flag))
        count_with_tasks(&(int){1});
}

START_TEST(spawning_and_waiting_starves_nobody)
{
    _Atomic(int) flag = 0;

    run_at(run_procs[_i], spawn_and_wait_until_flagged, &flag);
}
END_TEST

struct talk {
    rt_chan *questions, *answers;
};

static void answer(void *arg)
{
    struct talk *talk = arg;

    for (;;)
        ints_send(talk->answers, ints_recv(talk->questions));
}

static void talk_until_flagged(void *arg)
{
    static struct talk talk; /* the other task outlives this one */
    _Atomic(int) *flag = arg;

    talk = (struct talk){ints_new(0), ints_new(0)};
    start(answer, &talk);
    yield_often(2);
    start(set_flag, flag);
    while (!atomic_load(flag)) {
        ints_send(talk.questions, 1);
        ints_recv(talk.answers);
    }
}

START_TEST(a_conversation_of_two_starves_nobody)
{
    _Atomic(int) flag = 0;

    run_at(run_procs[_i], talk_until_flagged, &flag);
}
END_TEST

/* ---- What main leaves behind ----------------------------------------------------------------- */

static _Atomic(int) left_steps, left_after_wait;

static void step_for_ever(void *arg)
{
    (void)arg;
    for (;;) {
        atomic_fetch_add(&left_steps, 1);
        rt_yield();
    }
}

static void wait_then_note(void *arg)
{
    rt_chan_recv(arg, NULL);
    atomic_fetch_add(&left_after_wait, 1);
}

static void leave_tasks(void *arg)
{
    for (int i = 0; i < 10; i++) {
        start(step_for_ever, NULL);
        start(wait_then_note, arg);
    }
    yield_until(&left_steps, 100);
}

static void yield_a_thousand_times(void *arg)
{
    (void)arg;
    yield_often(1000);
}

START_TEST(tasks_left_by_main_never_run_again)
{
    rt_chan *c = ints_new(0);
    int steps;

    run_at(run_procs[_i], leave_tasks, c);
    steps = atomic_load(&left_steps);
    run_at(run_procs[_i], yield_a_thousand_times, NULL);
    ck_assert_int_eq(atomic_load(&left_steps), steps);
    ck_assert_int_eq(atomic_load(&left_after_wait), 0);
    rt_chan_free(c);
}
END_TEST

static void sleep_for_ever(void *arg)
{
    (void)arg;
    rt_sleep(1000 * RT_SECOND);
    abort();
}

static void leave_sleepers(void *arg)
{
    (void)arg;
    for (int i = 0; i < 100; i++)
        start(sleep_for_ever, NULL);
    yield_often(100);
}

START_TEST(main_does_not_wait_for_sleepers)
{
    run_at(run_procs[_i], leave_sleepers, NULL);
    run_at(run_procs[_i], yield_a_thousand_times, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("task");

    tcase_add_loop_test(tests, run_passes_its_argument_and_returns_after_main, 0, RUN_PROCS);
    tcase_add_loop_test(tests, runs_follow_one_another, 0, RUN_PROCS);
    tcase_add_loop_test(tests, run_inside_a_task_is_busy, 0, RUN_PROCS);
    tcase_add_loop_test(tests, each_task_runs_exactly_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, thousands_of_tasks_wait_at_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, task_numbers_begin_at_one_and_are_not_reused, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tasks_are_counted_from_start_to_end, 0, RUN_PROCS);
    tcase_add_loop_test(tests, proc_numbers_are_below_the_number_of_procs, 0, RUN_PROCS);
    tcase_add_test(tests, yielding_tasks_take_turns);
    tcase_add_loop_test(tests, spawning_and_waiting_starves_nobody, 0, RUN_PROCS);
    tcase_add_loop_test(tests, a_conversation_of_two_starves_nobody, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tasks_left_by_main_never_run_again, 0, RUN_PROCS);
    tcase_add_loop_test(tests, main_does_not_wait_for_sleepers, 0, RUN_PROCS);
    return run_tests("task", tests);
}
