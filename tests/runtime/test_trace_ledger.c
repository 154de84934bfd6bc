/* test_trace_ledger.c - tests of runtime/trace_ledger.c: where the time of a traced run went. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "rt.h"
#include "run.h"

#define PROCS 2

static struct child child;
static char path[] = "/tmp/barista-trace-XXXXXX";
static char setting[64];
static rt_wait_group done;
static rt_mutex lock;

static void path_make(void)
{
    close(mkstemp(path));
    snprintf(setting, sizeof setting, "RT_TRACE=%s", path);
}

static void path_remove(void)
{
    unlink(path);
    strcpy(path + strlen(path) - 6, "XXXXXX");
}

/* The last part of the file: the ledger stands behind the events. */
static double figure(const char *name)
{
    static char text[4096];
    char key[64];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    fseek(file, -(long)sizeof text + 1, SEEK_END);
    if (ftell(file) < 0)
        rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *ledger = strstr(text, "\"ledger\":{");
    const char *found = ledger != NULL ? strstr(ledger, key) : NULL;
    ck_assert_msg(found != NULL, "no %s in %s", name, text);
    return strtod(found + strlen(key), NULL);
}

/* Runs main_fn traced on PROCS procs, and checks that all their time is accounted for. */
static void run_traced(void (*main_fn)(void *))
{
    static const char *const states[] = {"user_us",      "scheduler_us",    "search_us",
                                         "os_us",        "idle_latency_us", "idle_lock_us",
                                         "idle_wait_us", "idle_little_us"};
    double sum = 0;
    child_run(&child, main_fn, (const char *[]){setting, "RT_PROCS=2", NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert_double_eq(figure("procs"), PROCS);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        ck_assert_double_ge(figure(states[i]), 0);
        sum += figure(states[i]);
    }
    double total = PROCS * figure("time_us");
    ck_assert_double_gt(total, 0);
    ck_assert_double_lt(sum, 1.01 * total);
    ck_assert_double_gt(sum, 0.99 * total);
}

static void compute(void)
{
    for (volatile int i = 0; i < 20000000; i++) {
    }
}

static void start_all(int tasks, void (*fn)(void *))
{
    rt_wait_group_add(&done, tasks);
    for (int i = 0; i < tasks; i++)
        ck_assert_int_eq(rt_go(fn, NULL), RT_OK);
    rt_wait_group_wait(&done);
}

static void compute_under_lock(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    compute();
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void one_lock(void *arg)
{
    (void)arg;
    start_all(6, compute_under_lock);
}

/* Whatever else the machine does: while one computes under the lock, the other proc can only be
 * idle for it. */
START_TEST(a_proc_that_waits_for_a_lock_is_idle_for_it)
{
    run_traced(one_lock);
    ck_assert_double_gt(figure("idle_lock_us"), figure("idle_wait_us"));
    ck_assert_double_gt(figure("idle_lock_us"), 2 * figure("idle_little_us"));
    ck_assert_double_gt(figure("idle_lock_us"), 0.2 * figure("time_us"));
}
END_TEST

static void nap(void *arg)
{
    (void)arg;
    rt_sleep(50 * RT_MS);
    rt_wait_group_done(&done);
}

static void naps(void *arg)
{
    (void)arg;
    start_all(3, nap);
}

START_TEST(procs_without_work_wait_with_who_sleeps)
{
    run_traced(naps);
    ck_assert_double_gt(figure("idle_wait_us"), 50000);
    ck_assert_double_gt(figure("idle_wait_us"), figure("user_us"));
}
END_TEST

static void serial(void *arg)
{
    (void)arg;
    compute();
}

START_TEST(one_task_leaves_the_other_proc_too_little_to_do)
{
    run_traced(serial);
    ck_assert_double_gt(figure("user_us"), 1000);
    ck_assert_double_gt(figure("idle_little_us"), 0.9 * figure("time_us"));
}
END_TEST

static void change_procs(void *arg)
{
    (void)arg;
    rt_procs(1);
}

START_TEST(there_is_no_ledger_where_procs_were_not_one_number)
{
    char text[64] = "";
    child_run(&child, change_procs, (const char *[]){setting, "RT_PROCS=2", NULL});
    ck_assert_int_eq(child.status, 0);
    char command[128];
    snprintf(command, sizeof command, "grep -c '\"ledger\"' %s", path);
    FILE *count = popen(command, "r");
    ck_assert_ptr_nonnull(fgets(text, sizeof text, count));
    pclose(count);
    ck_assert_str_eq(text, "0\n");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ledger");

    tcase_add_checked_fixture(tests, path_make, path_remove);
    tcase_add_test(tests, a_proc_that_waits_for_a_lock_is_idle_for_it);
    tcase_add_test(tests, procs_without_work_wait_with_who_sleeps);
    tcase_add_test(tests, one_task_leaves_the_other_proc_too_little_to_do);
    tcase_add_test(tests, there_is_no_ledger_where_procs_were_not_one_number);
    return run_tests("ledger of a trace", tests);
}
