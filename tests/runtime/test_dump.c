/* test_dump.c - tests of runtime/dump.c: what SIGQUIT prints. */
#include <check.h>
#include <signal.h>
#include <unistd.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static struct child child;

static void wait_here(void *channel)
{
    rt_set_name("waiting one");
    ints_recv(channel);
}

/* Main is a hog: the list must come all the same. The signal ends the child. */
static void quit_while_computing(void *arg)
{
    rt_chan *never = ints_new(0);
    struct rt_stats stats;

    (void)arg;
    start(wait_here, never); /* @spawn */
    do {
        rt_yield();
        rt_stats_get(&stats);
    } while (stats.switches < 2); /* main and the other: it has run, and waits or is about to */
    yield_often(20);
    kill(getpid(), SIGQUIT);
    for (;;)
        spin(1000);
}

START_TEST(sigquit_lists_all_tasks_with_their_stacks_and_ends_the_program)
{
    signal(SIGQUIT, SIG_DFL); /* a script that runs the tests in the background ignores it */
    child_run(&child, quit_while_computing, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, 128 + SIGQUIT);
    ck_assert_int_eq(count_reported(&child, "SIGQUIT: all tasks"), 1);
    ck_assert_int_eq(count_reported(&child, "task 1 main: running"), 1);
    ck_assert_int_eq(count_reported(&child, "task 2 waiting one: receive from `c`"), 1);
    /* Its stack, from the switch down to the first frame: names of functions that the program
     * exports. */
    ck_assert_int_ge(count_reported(&child, "rt_chan_recv_at"), 1);
    ck_assert_int_ge(count_reported(&child, "rt__context_start"), 1);
}
END_TEST

static void handle(int signal)
{
    (void)signal;
    say("handled");
    _exit(0);
}

static void quit_with_a_handler(void *arg)
{
    (void)arg;
    kill(getpid(), SIGQUIT);
    for (;;)
        rt_yield();
}

static void run_with_a_handler(void *arg)
{
    (void)arg;
    signal(SIGQUIT, handle);
    rt_run(quit_with_a_handler, NULL);
}

START_TEST(program_that_handles_sigquit_keeps_it)
{
    child_call(&child, run_with_a_handler, NULL);
    ck_assert_int_eq(child.status, 0);
    ck_assert_str_eq(child.out, "handled");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("dump");

    tcase_add_loop_test(tests, sigquit_lists_all_tasks_with_their_stacks_and_ends_the_program, 0,
                        RUN_PROCS);
    tcase_add_test(tests, program_that_handles_sigquit_keeps_it);
    return run_tests("dump", tests);
}
