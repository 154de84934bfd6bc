/* test_blocking.c - tests of runtime/blocking.c and standing.c: while a call blocks its thread the
 * proc runs others; afterwards the task gets a proc like any other. The calls block in read() on a
 * pipe, so each is seen to be blocked until another task writes to it. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "hogs.h"
#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

static struct child child;

/* ---- A gate, before which a thread blocks ---------------------------------------------------- */

struct gate {
    int fds[2];
    _Atomic(int) inside, passed;
};

static struct gate *gate_new(void)
{
    struct gate *gate = calloc(1, sizeof *gate);

    if (gate == NULL || pipe(gate->fds) != 0)
        abort();
    return gate;
}

static void gate_free(struct gate *gate)
{
    close(gate->fds[0]);
    close(gate->fds[1]);
    free(gate);
}

/* What is given to rt_blocking: no call of the runtime in here. */
static void wait_at_gate(void *arg)
{
    struct gate *gate = arg;
    char byte;

    atomic_fetch_add(&gate->inside, 1);
    if (read(gate->fds[0], &byte, 1) == 1)
        atomic_fetch_add(&gate->passed, 1);
}

static void gate_let_in(struct gate *gate, int count)
{
    for (int i = 0; i < count; i++) {
        if (write(gate->fds[1], "x", 1) != 1)
            abort();
    }
}

static void block_at_gate(void *arg)
{
    rt_blocking(wait_at_gate, arg);
}

/* ---- Others run meanwhile -------------------------------------------------------------------- */

static void let_one_in(void *arg)
{
    struct gate *gate = arg;

    yield_until(&gate->inside, 1);
    gate_let_in(gate, 1);
}

static void block_until_another_lets_us_in(void *arg)
{
    struct gate *gate = arg;

    start(let_one_in, gate);
    rt_blocking(wait_at_gate, gate);
    ck_assert_int_eq(gate->passed, 1);
}

START_TEST(proc_runs_others_while_a_call_blocks)
{
    struct gate *gate = gate_new();

    run_at(run_procs[_i], block_until_another_lets_us_in, gate);
    gate_free(gate);
}
END_TEST

struct program {
    pid_t pid;
    int status;
};

static void wait_for_program(void *arg)
{
    struct program *program = arg;

    if (waitpid(program->pid, &program->status, 0) != program->pid)
        abort();
}

/* The child has one thread only, so it does nothing but start a program. */
static void run_program(void *arg)
{
    struct program program = {.pid = fork()};

    ck_assert_int_ge(program.pid, 0);
    if (program.pid == 0) {
        execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
        _exit(127);
    }
    rt_blocking(wait_for_program, &program);
    ck_assert(WIFEXITED(program.status));
    *(int *)arg += WEXITSTATUS(program.status) == 7;
}

static void run_programs_beside_a_hog(void *arg)
{
    start(compute_until_it_came, NULL);
    for (int i = 0; i < few_or(20); i++)
        run_program(arg);
    come(NULL);
}

START_TEST(tasks_fork_and_execute_other_programs)
{
    int ended = 0;

    run_at(run_procs[_i], run_programs_beside_a_hog, &ended);
    ck_assert_int_eq(ended, few_or(20));
}
END_TEST

#define MANY 60

static void block_many(void *arg)
{
    struct gate *gate = arg;

    for (int round = 1; round <= 3; round++) {
        for (int i = 0; i < MANY; i++)
            start(block_at_gate, gate);
        yield_until(&gate->inside, round * MANY);
        ck_assert_int_eq(gate->passed, (round - 1) * MANY);
        gate_let_in(gate, MANY);
        yield_until_tasks(1);
        ck_assert_int_eq(gate->passed, round * MANY);
    }
}

START_TEST(many_calls_block_at_once)
{
    struct gate *gate = gate_new();

    run_at(run_procs[_i], block_many, gate);
    gate_free(gate);
}
END_TEST

static void hog_until_all_came_back(void *arg)
{
    struct gate *gate = arg;

    for (int i = 0; i < 3; i++)
        start(block_at_gate, gate);
    yield_until(&gate->inside, 3);
    gate_let_in(gate, 3);
    while (rt_num_tasks() > 1) /* no scheduling point: they get our proc from the monitor only */
        spin(1000);
}

START_TEST(call_comes_back_beside_a_hog)
{
    struct gate *gate = gate_new();

    run_at(run_procs[_i], hog_until_all_came_back, gate);
    gate_free(gate);
}
END_TEST

static void double_it(void *arg)
{
    *(int *)arg *= 2;
}

static void block_briefly(void *arg)
{
    int *broken = arg;

    for (int i = 0; i < 500; i++) {
        int value = i;

        rt_blocking(double_it, &value);
        *broken += value != 2 * i;
        if (i % 16 == 0)
            rt_yield();
    }
}

static void block_briefly_in_many_tasks(void *arg)
{
    int *broken = arg;

    for (int i = 0; i < 8; i++)
        start(block_briefly, &broken[i]);
    yield_until_tasks(1);
}

START_TEST(calls_that_return_at_once_work_too)
{
    int broken[8] = {0};

    run_at(run_procs[_i], block_briefly_in_many_tasks, broken);
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(broken[i], 0);
}
END_TEST

/* ---- No more tasks than procs ---------------------------------------------------------------- */

/* A task keeps its proc until it gives it away or the runtime stops it, which is counted before
 * anybody else gets the proc. */
static _Atomic(int) steps, stepped_together;

static void step_alone(void)
{
    int64_t stops_before = stops_now();
    int before = atomic_load(&steps);

    spin(300);
    if (atomic_load(&steps) != before && stops_now() == stops_before)
        atomic_fetch_add(&stepped_together, 1);
    atomic_fetch_add(&steps, 1);
}

static void do_nothing(void *arg)
{
    (void)arg;
}

static void block_and_step(void *arg)
{
    (void)arg;
    for (int i = 0; i < 1000; i++) {
        rt_blocking(do_nothing, NULL);
        step_alone();
    }
}

static void block_and_step_in_many_tasks(void *arg)
{
    (void)arg;
    for (int i = 0; i < 4; i++)
        start(block_and_step, NULL);
    yield_until_tasks(1);
}

START_TEST(with_one_proc_returned_calls_do_not_run_at_once)
{
    run_at(1, block_and_step_in_many_tasks, NULL);
    ck_assert_int_eq(steps, 4 * 1000);
    ck_assert_int_eq(stepped_together, 0);
}
END_TEST

static void block_then_step(void *arg)
{
    rt_blocking(wait_at_gate, arg);
    for (int i = 0; i < 200; i++) {
        step_alone();
        rt_yield();
    }
}

static void take_procs_from_blocked(void *arg)
{
    struct gate *gate = arg;

    for (int i = 0; i < 4; i++)
        start(block_then_step, gate);
    yield_until(&gate->inside, 4);
    rt_procs(1);
    gate_let_in(gate, 4);
    yield_until_tasks(1);
}

START_TEST(procs_may_go_while_calls_block)
{
    struct gate *gate = gate_new();

    run_at(run_procs[_i], take_procs_from_blocked, gate);
    ck_assert_int_eq(steps, 4 * 200);
    ck_assert_int_eq(stepped_together, 0);
    gate_free(gate);
}
END_TEST

/* ---- Deadlocks and leaks --------------------------------------------------------------------- */

/* Long enough for all workers to find that there is nothing to do. On a machine where they don't
 * get that far, the test passes without having tried. */
static void block_for_a_while(void *arg)
{
    (void)arg;
    nanosleep(&(struct timespec){.tv_nsec = 20 * RT_MS}, NULL);
}

static void block_then_send(void *arg)
{
    rt_blocking(block_for_a_while, NULL);
    ints_send(arg, 42);
}

static void wait_for_a_blocked_task(void *arg)
{
    rt_chan *values = ints_new(0);

    start(block_then_send, values);
    *(int *)arg = ints_recv(values);
    rt_chan_free(values);
}

START_TEST(waiting_for_a_blocked_call_is_no_deadlock)
{
    int value = 0;

    run_at(run_procs[_i], wait_for_a_blocked_task, &value);
    ck_assert_int_eq(value, 42);
}
END_TEST

static void block_then_wait_for_ever(void *arg)
{
    (void)arg;
    rt_blocking(block_for_a_while, NULL);
    rt_chan_recv(NULL, NULL);
}

START_TEST(deadlock_after_a_blocked_call_is_found)
{
    child_run(&child, block_then_wait_for_ever, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
}
END_TEST

static void block_then_say(void *arg)
{
    rt_blocking(block_for_a_while, arg);
    say("came back");
}

static void leave_a_blocked_task(void *arg)
{
    start(block_then_say, arg);
    rt_yield();
}

START_TEST(blocked_call_is_waited_for_before_leaks_are_reported)
{
    child_run(&child, leave_a_blocked_task,
              (const char *[]){run_procs_environment[_i], "RT_LEAKS=1", NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert_str_eq(child.out, "came back");
}
END_TEST

/* ---- The end of a run ------------------------------------------------------------------------ */

static _Atomic(int) went_on;

static void block_and_go_on(void *arg)
{
    rt_blocking(wait_at_gate, arg);
    atomic_fetch_add(&went_on, 1);
}

static void end_while_others_block(void *arg)
{
    struct gate *gate = arg;
    int before = atomic_load(&gate->inside);

    for (int i = 0; i < 5; i++)
        start(block_and_go_on, gate);
    yield_until(&gate->inside, before + 5);
}

/* Calls of the run before come back in the middle of this one, which must not notice. */
static void let_earlier_ones_in(void *arg)
{
    struct gate *gate = arg;
    int passed = atomic_load(&gate->passed);

    gate_let_in(gate, 5);
    yield_until(&gate->passed, passed + 5);
    start(let_one_in, gate);
    rt_blocking(wait_at_gate, gate);
    yield_until_tasks(1);
}

START_TEST(run_ends_while_calls_block_and_another_may_follow)
{
    for (int round = 0; round < 10; round++) {
        struct gate *gate = gate_new();

        run_at(run_procs[_i], end_while_others_block, gate);
        run_at(run_procs[_i], end_while_others_block, gate);
        gate_let_in(gate, 5);
        run_at(run_procs[_i], let_earlier_ones_in, gate);
        ck_assert_int_eq(went_on, 0);
    }
}
END_TEST

/* A call that returns just when main ends: its task either went on before, or never does. */
static int yields_before_end;

static void end_while_others_return(void *arg)
{
    struct gate *gate = arg;

    for (int i = 0; i < 4; i++)
        start(block_and_go_on, gate);
    yield_until(&gate->inside, 4);
    gate_let_in(gate, 4);
    yield_often(yields_before_end);
}

START_TEST(run_may_end_just_when_calls_return)
{
    for (int round = 0; round < 200; round++) {
        struct gate *gate = gate_new();
        int seen;

        yields_before_end = round % 4;
        run_at(run_procs[_i], end_while_others_return, gate);
        seen = atomic_load(&went_on);
        spin_until(&gate->passed, 4);
        gate_free(gate);
        ck_assert_int_eq(went_on, seen);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blocking");

    tcase_add_loop_test(tests, proc_runs_others_while_a_call_blocks, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tasks_fork_and_execute_other_programs, 0, RUN_PROCS);
    tcase_add_loop_test(tests, many_calls_block_at_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, call_comes_back_beside_a_hog, 0, RUN_PROCS);
    tcase_add_loop_test(tests, calls_that_return_at_once_work_too, 0, RUN_PROCS);
    tcase_add_test(tests, with_one_proc_returned_calls_do_not_run_at_once);
    tcase_add_loop_test(tests, procs_may_go_while_calls_block, 0, RUN_PROCS);
    tcase_add_loop_test(tests, waiting_for_a_blocked_call_is_no_deadlock, 0, RUN_PROCS);
    tcase_add_loop_test(tests, deadlock_after_a_blocked_call_is_found, 0, RUN_PROCS);
    tcase_add_loop_test(tests, blocked_call_is_waited_for_before_leaks_are_reported, 0, RUN_PROCS);
    tcase_add_loop_test(tests, run_ends_while_calls_block_and_another_may_follow, 0, RUN_PROCS);
    tcase_add_loop_test(tests, run_may_end_just_when_calls_return, 0, RUN_PROCS);
    return run_tests("blocking", tests);
}
