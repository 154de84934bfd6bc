/* test_gdb.c - tests of runtime/gdb.py: gdb runs this program as a debuggee whose tasks are in
 * every state there is, and is asked for each (gdb/session.gdb). Then the same of a core file.
 *
 * Where gdb is not installed, or not allowed to run a program, the tests say that they were
 * skipped. */
#include <check.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

#define SOURCE "tests/runtime/test_gdb.c"

/* ---- The debuggee ---------------------------------------------------------------------------- */

static _Atomic(bool) crash, hogging;

/* gdb has a breakpoint here. */
static __attribute__((noinline)) void stop_here(void)
{
    if (atomic_load(&crash))
        abort();
}

static __attribute__((noinline)) int take_order(rt_chan *orders, int table)
{
    int order = 0;

    rt_chan_recv(orders, &order); /* @parked */
    return order + table;
}

static void serve(void *arg)
{
    while (take_order(arg, 17) > 0)
        continue;
}

static void sleep_long(void *arg)
{
    rt_set_name("sleeper");
    rt_sleep(1000 * RT_SECOND); /* @asleep */
    (void)arg;
}

static __attribute__((noinline)) void compute_for_ever(void)
{
    atomic_store(&hogging, true);
    for (;;)
        spin(1000);
}

static void hog(void *arg)
{
    (void)arg;
    compute_for_ever();
}

static void never_begun(void *arg)
{
    (void)arg;
}

/* With one proc: when main goes on beside the hog, that has been stopped. */
static void be_debugged(void *arg)
{
    rt_chan *orders = ints_new(0);

    start(serve, orders);
    start(sleep_long, arg);
    yield_often(2);
    start(hog, arg); /* @hog */
    while (!atomic_load(&hogging))
        rt_yield();
    start(never_begun, arg);
    stop_here();
}

static int be_debuggee(bool crashing)
{
    atomic_store(&crash, crashing);
    rt_procs(1);
    return rt_run(be_debugged, NULL);
}

/* ---- What gdb said --------------------------------------------------------------------------- */

#define OUTPUT_BYTES 65536

static char live[OUTPUT_BYTES], of_core[OUTPUT_BYTES];

/* Not Check's assert: gdb runs before the tests do. */
static void must(bool worked, const char *call)
{
    if (!worked) {
        perror(call);
        abort();
    }
}

static void run_command(char *output, const char *command)
{
    FILE *pipe = popen(command, "r");

    must(pipe != NULL, "popen");
    output[fread(output, 1, OUTPUT_BYTES - 1, pipe)] = '\0';
    pclose(pipe);
}

/* The text below "== question". */
static const char *answer(const char *output, const char *question)
{
    static char text[OUTPUT_BYTES];
    char heading[64];
    const char *at, *end;

    snprintf(heading, sizeof heading, "\n== %s\n", question);
    at = strstr(output, heading);
    ck_assert_msg(at != NULL, "gdb did not get to \"%s\":\n%s", question, output);
    at += strlen(heading);
    end = strstr(at, "\n== ");
    snprintf(text, sizeof text, "%.*s", end ? (int)(end - at) : INT_MAX, at);
    return text;
}

static void assert_says(const char *text, const char *words)
{
    ck_assert_msg(strstr(text, words) != NULL, "no \"%s\" in:\n%s", words, text);
}

/* The line of the list that begins with this number. */
static const char *task_line(const char *list, const char *id)
{
    static char line[512];
    const char *at = strstr(list, id);

    ck_assert_msg(at != NULL, "no line \"%s\" in:\n%s", id, list);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}

/* ---- Tests ----------------------------------------------------------------------------------- */

START_TEST(tasks_are_listed_with_what_they_do_and_where)
{
    const char *list = answer(live, "tasks");

    assert_says(task_line(list, "  1  "), "main ");
    assert_says(task_line(list, "  1  "), "running on thread ");
    assert_says(task_line(list, "  2  "), "(serve) ");
    assert_says(task_line(list, "  2  "), "receive from `orders`");
    assert_says(task_line(list, "  2  "), place_of(SOURCE, "parked"));
    assert_says(task_line(list, "  3  "), "sleeper ");
    assert_says(task_line(list, "  3  "), "sleep ");
    assert_says(task_line(list, "  3  "), place_of(SOURCE, "asleep"));
    assert_says(task_line(list, "  4  "), "(hog) ");
    assert_says(task_line(list, "  4  "), "runnable, stopped on thread ");
    assert_says(task_line(list, "  4  "), place_of(SOURCE, "hog"));
    assert_says(task_line(list, "  5  "), "(never_begun) ");
    assert_says(task_line(list, "  5  "), "runnable ");
}
END_TEST

START_TEST(without_tasks_it_says_so)
{
    assert_says(answer(live, "before"), "There are no tasks: ");
}
END_TEST

START_TEST(parked_task_has_the_backtrace_of_a_thread)
{
    const char *text = answer(live, "parked");

    assert_says(text, "#0 ");
    assert_says(text, "rt_chan_recv_at (");
    assert_says(text, " in take_order (");
    assert_says(text, " in serve (");
    ck_assert_msg(strstr(text, "stop_here") == NULL, "main's frames are in it:\n%s", text);
    assert_says(answer(live, "asleep"), "rt_sleep_at (");
}
END_TEST

START_TEST(arguments_go_to_backtrace)
{
    assert_says(answer(live, "parked, full"), "\n        "); /* a local variable */
}
END_TEST

START_TEST(stopped_hog_is_shown_where_it_stands)
{
    const char *text = answer(live, "stopped");

    assert_says(text, "On thread ");
    assert_says(text, "<signal handler called>");
    assert_says(text, " hog (");
}
END_TEST

START_TEST(running_task_is_shown_on_its_thread)
{
    assert_says(answer(live, "running"), "On thread ");
    assert_says(answer(live, "running"), "stop_here (");
}
END_TEST

START_TEST(new_task_has_no_stack_yet)
{
    assert_says(answer(live, "new"), "Task 5 has not begun. It will run ");
    assert_says(answer(live, "new"), "<never_begun>");
}
END_TEST

START_TEST(thread_has_its_own_backtrace_again_afterwards)
{
    assert_says(answer(live, "thread"), "#0  stop_here (");
}
END_TEST

START_TEST(unknown_task_is_refused)
{
    assert_says(answer(live, "unknown"), "There is no task 99");
}
END_TEST

START_TEST(core_file_tells_the_same)
{
    assert_says(task_line(answer(of_core, "tasks"), "  2  "), "receive from `orders`");
    assert_says(answer(of_core, "parked"), " in take_order (");
}
END_TEST

/* Tests too, since a program that runs none counts as broken. */
START_TEST(skipped_because_gdb_is_missing_or_can_not_run_programs)
{
    printf("gdb: skipped: gdb is not installed, or can't run programs here:\n%s\n", live);
}
END_TEST

START_TEST(skipped_because_the_kernel_leaves_no_core_file)
{
    printf("gdb: skipped: the kernel leaves no core file here\n");
}
END_TEST

/* ---- Sessions -------------------------------------------------------------------------------- */

static char self[PATH_MAX];

/* Not with the script that is tested: were that broken, it would be taken for a gdb that can't. */
static bool gdb_can_run_programs(void)
{
    char command[PATH_MAX + 128];

    snprintf(command, sizeof command,
             "gdb -nx -batch -ex 'break main' -ex run --args '%s' --debuggee 2>&1", self);
    run_command(live, command);
    return strstr(live, "Breakpoint 1, main") != NULL;
}

static void debug_live(void)
{
    char command[PATH_MAX + 128];

    snprintf(command, sizeof command,
             "gdb -nx -batch -x tests/runtime/gdb/session.gdb --args '%s' --debuggee 2>&1", self);
    run_command(live, command);
}

/* Crashes in a folder of its own. Returns whether the kernel left a core file there, which it may
 * not do. */
static bool debug_core(void)
{
    char folder[] = "/tmp/barista-core-XXXXXX", command[2 * PATH_MAX];

    must(mkdtemp(folder) != NULL, "mkdtemp");
    snprintf(command, sizeof command,
             "exec 2>/dev/null; cd %s && ulimit -c unlimited && '%s' --crash", folder, self);
    if (system(command) == 0)
        fprintf(stderr, "the debuggee did not crash\n");
    snprintf(command, sizeof command,
             "test -e %s/core* && gdb -nx -batch -x tests/runtime/gdb/core.gdb '%s' %s/core* 2>&1",
             folder, self, folder);
    run_command(of_core, command);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 && of_core[0] != '\0';
}

static void add_tests(TCase *tests)
{
    debug_live();
    tcase_add_test(tests, tasks_are_listed_with_what_they_do_and_where);
    tcase_add_test(tests, without_tasks_it_says_so);
    tcase_add_test(tests, parked_task_has_the_backtrace_of_a_thread);
    tcase_add_test(tests, arguments_go_to_backtrace);
    tcase_add_test(tests, stopped_hog_is_shown_where_it_stands);
    tcase_add_test(tests, running_task_is_shown_on_its_thread);
    tcase_add_test(tests, new_task_has_no_stack_yet);
    tcase_add_test(tests, thread_has_its_own_backtrace_again_afterwards);
    tcase_add_test(tests, unknown_task_is_refused);
    if (debug_core())
        tcase_add_test(tests, core_file_tells_the_same);
    else
        tcase_add_test(tests, skipped_because_the_kernel_leaves_no_core_file);
}

int main(int argc, char **argv)
{
    TCase *tests = tcase_create("gdb");

    if (argc > 1)
        return be_debuggee(strcmp(argv[1], "--crash") == 0);
    must(readlink("/proc/self/exe", self, sizeof self - 1) > 0, "readlink");
    if (gdb_can_run_programs())
        add_tests(tests);
    else
        tcase_add_test(tests, skipped_because_gdb_is_missing_or_can_not_run_programs);
    return run_tests("gdb", tests);
}
