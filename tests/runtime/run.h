/* run.h - what every test program of the runtime shares: running a main task at a chosen number of
 * procs, starting tasks that must start, yielding, and the body of main().
 *
 * Rules of these tests. Nothing waits by sleeping: tasks meet through channels, counters and
 * yields, so a slow machine makes a test slower and never makes it fail. Where a broken runtime
 * would hang a test, RUN_TIMEOUT_S ends it. Check's asserts write to a file, so hot loops count
 * mistakes in a variable, which is asserted once afterwards. */
#ifndef TESTS_RUN_H
#define TESTS_RUN_H

#include <check.h>

#include "rt.h"

/* After this long a test hangs. A hundred times what the slowest takes, for sanitizer builds. */
#define RUN_TIMEOUT_S 120

/* In a perturbed build (perturb.h), where many runs are to be made in a minute. */
#define RUN_PERTURBED_TIMEOUT_S 40

/* Most behaviours must hold with one proc, with as many as small machines have, and with more. Use:
 * tcase_add_loop_test(tests, name, 0, RUN_PROCS), and in the test run_at(run_procs[_i], ...). */
#define RUN_PROCS 3
extern const int run_procs[RUN_PROCS];

/* The same for a child (child.h): "RT_PROCS=1" and so on. */
extern const char *const run_procs_environment[RUN_PROCS];

/* Runs main_fn(arg) as the main task with `procs` procs, and asserts that rt_run succeeds. */
void run_at(int procs, void (*main_fn)(void *arg), void *arg);

/* rt_go for tests that make no sense when it fails: ends the process then. */
void start_at(void (*fn)(void *arg), void *arg, rt_site here);
#define start(fn, arg) start_at((fn), (arg), RT_HERE_OF(#fn))

/* Yields `times` times. With one proc, that lets every other task run until it blocks. */
void yield_often(int times);

/* Yields until *counter is at least `least`. Hangs if that never happens. */
void yield_until(_Atomic(int) *counter, int least);

/* Yields until only `tasks` tasks exist. Hangs if that never happens. */
void yield_until_tasks(int64_t tasks);

/* Lets every other task run until it blocks: goes down to one proc meanwhile, where yielding is
 * enough for that. For tests in which others must be seen to wait. */
void let_others_block(void);

/* Waits until *counter is at least `least` without a scheduling point: keeps its proc, and lets
 * only other threads run. Hangs if nobody else gets a proc. */
void spin_until(_Atomic(int) *counter, int least);

/* Keeps the CPU for about `steps` steps without a scheduling point, and no compiler removes it. */
void spin(int steps);

/* The body of a test program's main(): runs the tests and returns the exit status. */
int run_tests(const char *name, TCase *tests);

#endif
