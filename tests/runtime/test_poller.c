/* test_poller.c - tests of runtime/poller.c: workers that sleep in the poller are woken for
 * anything, hogs do not keep I/O waiting, a program that waits for I/O is not dead, and nothing
 * outlives its run. */
#include <check.h>
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "ends.h"
#include "poller.h"
#include "rt.h"
#include "run.h"

static struct child child;
static int outside[2];

/* ---- Interrupts, without a runtime ----------------------------------------------------------- */

#define INTERRUPTS 60000

/* A thread that waits in the poller whenever it has been told to. */
struct sleeper {
    _Atomic(uint32_t) wakeup;
    _Atomic(int) asked, done; /* waits that it was asked for, and that have ended */
};

static void *sleep_when_asked(void *arg)
{
    struct sleeper *sleeper = arg;

    for (int turn = 1; turn <= INTERRUPTS; turn++) {
        while (atomic_load(&sleeper->asked) < turn)
            sched_yield();
        while (atomic_load(&sleeper->wakeup) == 0)
            rt__poller_wait(-1, &sleeper->wakeup);
        atomic_store(&sleeper->done, turn);
    }
    return NULL;
}

/* Before it waits, while it does, and when it is about to leave anyway. */
START_TEST(every_interrupt_ends_a_wait)
{
    struct sleeper sleeper = {0};
    pthread_t thread;

    ck_assert_int_eq(rt__poller_open(), 0);
    pthread_create(&thread, NULL, sleep_when_asked, &sleeper);
    for (int i = 0; i < INTERRUPTS; i++) {
        while (atomic_load(&sleeper.done) < i)
            sched_yield();
        atomic_store(&sleeper.wakeup, 0);
        atomic_store(&sleeper.asked, i + 1);
        for (int j = i % 7; j > 0; j--)
            sched_yield();
        atomic_store(&sleeper.wakeup, 1);
        rt__poller_interrupt();
        rt__poller_look(); /* takes no interrupt away */
    }
    pthread_join(thread, NULL);
    rt__poller_release();
}
END_TEST

/* ---- Workers in the poller ------------------------------------------------------------------- */

static void set(void *flag)
{
    atomic_store((_Atomic(int) *)flag, 1);
}

/* With the poller open, the idle worker sleeps there; the other one never lets its proc go. */
static void start_without_yielding(void *arg)
{
    struct ends ends = ends_new(ENDS_PIPE);
    struct blocked blocked;

    (void)arg;
    block(&blocked, read_some, ends.reader);
    for (int i = 0; i < 2000; i++) {
        _Atomic(int) ran = 0;
        start(set, (void *)&ran);
        while (!atomic_load(&ran))
            sched_yield();
    }
    ends_close(ends);
    unblocked(&blocked);
}

START_TEST(worker_in_the_poller_is_woken_for_a_task)
{
    run_at(2, start_without_yielding, NULL);
}
END_TEST

static void sleep_beside_io(void *arg)
{
    struct ends ends = ends_new(ENDS_PIPE);
    struct blocked blocked;

    (void)arg;
    block(&blocked, read_some, ends.reader);
    for (int i = 0; i < 50; i++) {
        int64_t before_ns = rt_now();
        rt_sleep(i * 20 * RT_US);
        ck_assert_int_ge(rt_now() - before_ns, i * 20 * RT_US);
    }
    ends_close(ends);
    unblocked(&blocked);
}

START_TEST(timers_fire_while_workers_sleep_in_the_poller)
{
    run_at(run_procs[_i], sleep_beside_io, NULL);
}
END_TEST

/* Everything at once: tasks that start others, sleep, and talk over pipes. */
struct medley {
    _Atomic(int) wrong;
    rt_wait_group all;
    rt_chan *tokens;
};

static void echo_bytes(void *arg)
{
    struct ends *ends = arg;
    char byte;

    while (rt_io_read(ends->reader, &byte, 1) == 1)
        rt_io_write(ends->writer, &byte, 1);
    rt_io_close(ends->writer);
}

static void take_token(void *arg)
{
    rt_chan_recv(arg, NULL);
}

static void play(void *arg)
{
    struct medley *medley = arg;
    struct ends there = ends_new(ENDS_PIPE), back = ends_new(ENDS_TCP);
    struct ends far = {.reader = there.reader, .writer = back.writer};
    char byte = 'x';

    start(echo_bytes, &far);
    for (int i = 0; i < 100; i++) {
        medley->wrong += rt_io_write(there.writer, &byte, 1) != RT_OK;
        start(take_token, medley->tokens);
        rt_sleep(i % 3 * 10 * RT_US);
        medley->wrong += rt_io_read(back.reader, &byte, 1) != 1;
        rt_chan_send(medley->tokens, NULL);
    }
    rt_io_close(there.writer);
    medley->wrong += rt_io_read(back.reader, &byte, 1) != 0;
    rt_io_close(there.reader);
    rt_io_close(back.reader);
    rt_wait_group_done(&medley->all);
}

static void play_together(void *arg)
{
    struct medley medley = {.tokens = rt_chan_new(0, 0)};

    (void)arg;
    rt_wait_group_add(&medley.all, 8);
    for (int i = 0; i < 8; i++)
        start(play, &medley);
    rt_wait_group_wait(&medley.all);
    ck_assert_int_eq(medley.wrong, 0);
    rt_chan_free(medley.tokens);
}

START_TEST(nothing_gets_stuck_between_io_timers_and_channels)
{
    for (int i = 0; i < 5; i++)
        run_at(run_procs[_i], play_together, NULL);
}
END_TEST

/* ---- Hogs ------------------------------------------------------------------------------------ */

/* ThreadSanitizer lets signals in only at atomic operations. */
static void compute_for_ever(void *arg)
{
    _Atomic(int) turns = 0;

    (void)arg;
    for (;;)
        atomic_fetch_add(&turns, 1);
}

static void talk_beside_hogs(void *arg)
{
    struct ends there = ends_new(ENDS_UNIX), back = ends_new(ENDS_UNIX);
    struct ends far = {.reader = there.reader, .writer = back.writer};
    char byte = 'x';

    (void)arg;
    start(echo_bytes, &far);
    for (int i = 0; i < rt_procs(0); i++)
        start(compute_for_ever, NULL);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(rt_io_write(there.writer, &byte, 1), RT_OK);
        ck_assert_int_eq(rt_io_read(back.reader, &byte, 1), 1);
    }
}

START_TEST(io_goes_on_beside_tasks_that_never_yield)
{
    run_at(run_procs[_i], talk_beside_hogs, NULL);
}
END_TEST

static void write_then_compute(void *arg)
{
    ck_assert_int_eq(write(*(int *)arg, "x", 1), 1);
    compute_for_ever(NULL);
}

/* Only one worker has ever been needed, and it has no time: the monitor must look. */
static void be_written_to_by_a_hog(void *arg)
{
    char byte;
    rt_io reader;

    (void)arg;
    ck_assert_int_eq(pipe(outside), 0);
    reader = io_of(outside[0]);
    start(write_then_compute, &outside[1]);
    ck_assert_int_eq(rt_io_read(reader, &byte, 1), 1);
}

START_TEST(ready_descriptor_stops_the_only_hog)
{
    run_at(1, be_written_to_by_a_hog, NULL);
}
END_TEST

/* ---- Deadlocks ------------------------------------------------------------------------------- */

/* Whether all threads of this process but the caller sleep. */
static bool others_sleep(void)
{
    DIR *tasks = opendir("/proc/self/task");
    bool all = true;

    for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) {
        char path[300], state = 'S';
        FILE *stat;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", entry->d_name);
        if (entry->d_name[0] == '.' || atoi(entry->d_name) == gettid() ||
            (stat = fopen(path, "r")) == NULL)
            continue;
        all = fscanf(stat, "%*d (%*[^)]) %c", &state) == 1 && state == 'S' && all;
        fclose(stat);
    }
    closedir(tasks);
    return all;
}

/* Somebody outside of the runtime, who writes only when all tasks seem dead. */
static void *write_when_all_sleep(void *arg)
{
    for (int seen = 0; seen < 100; seen = others_sleep() ? seen + 1 : 0)
        sched_yield();
    if (write(*(int *)arg, "x", 1) != 1)
        say("write failed");
    return NULL;
}

static rt_chan *nothing;

static void read_from_outside(void *arg)
{
    rt_io reader = *(rt_io *)arg;
    char byte;

    if (rt_io_read(reader, &byte, 1) == 1)
        say("read");
    rt_io_close(reader);
}

/* While a task waits for I/O, the other one waits too; when it has ended, that is a deadlock. */
static void wait_for_outside(void *arg)
{
    pthread_t thread;
    rt_io reader;

    (void)arg;
    ck_assert_int_eq(pipe(outside), 0);
    reader = io_of(outside[0]);
    start(read_from_outside, &reader);
    nothing = rt_chan_new(1, 0);
    pthread_create(&thread, NULL, write_when_all_sleep, &outside[1]);
    pthread_detach(thread);
    rt_chan_recv(nothing, NULL); /* @waits for nothing */
}

START_TEST(waiting_for_io_is_no_deadlock_until_it_ends)
{
    child_run(&child, wait_for_outside, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_msg(child.status == RT_EXIT_DEADLOCK, "exit status %d:\n%s", child.status, child.err);
    ck_assert_str_eq(child.out, "read");
    assert_reported(&child, place_of(__FILE__, "waits for nothing"),
                    (const char *[]){"main", NULL});
    ck_assert_ptr_null(strstr(child.err, "read_from_outside"));
}
END_TEST

static void close_under_the_reader(void *arg)
{
    struct ends ends = ends_new(ENDS_PIPE);
    struct blocked blocked;

    (void)arg;
    block(&blocked, read_some, ends.reader);
    ends_close(ends);
    nothing = rt_chan_new(1, 0);
    rt_chan_recv(nothing, NULL);
}

START_TEST(closed_descriptors_keep_no_deadlock_from_being_seen)
{
    child_run(&child, close_under_the_reader, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_msg(child.status == RT_EXIT_DEADLOCK, "exit status %d:\n%s", child.status, child.err);
}
END_TEST

/* ---- Runs and descriptors -------------------------------------------------------------------- */

static int descriptors(void)
{
    DIR *open = opendir("/proc/self/fd");
    int count = 0;

    while (readdir(open) != NULL)
        count++;
    closedir(open);
    return count;
}

static void leave_handles_open(void *arg)
{
    struct ends ends = ends_new(ENDS_TCP), more = ends_new(ENDS_PIPE);
    static struct blocked blocked; /* outlives its task */

    (void)arg;
    block(&blocked, read_some, ends.reader);
    rt_io_write(more.writer, "unread", 6);
}

START_TEST(run_leaves_no_descriptor_open)
{
    int before = descriptors();

    for (int i = 0; i < 20; i++)
        run_at(run_procs[_i], leave_handles_open, NULL);
    ck_assert_int_eq(descriptors(), before);
}
END_TEST

static void exec_beside_handles(void *arg)
{
    struct ends ends = ends_new(ENDS_TCP);
    struct ends more = ends_new(ENDS_PIPE);
    int before = *(int *)arg, status;
    char command[100];

    snprintf(command, sizeof command, "test $(ls /proc/self/fd | wc -l) -eq %d", before);
    status = system(command);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ends_close(ends);
    ends_close(more);
}

START_TEST(programs_that_are_executed_inherit_no_descriptor)
{
    FILE *list = popen("ls /proc/self/fd | wc -l", "r");
    int before;

    ck_assert_int_eq(fscanf(list, "%d", &before), 1);
    pclose(list);
    run_at(run_procs[_i], exec_beside_handles, &before);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("poller");

    tcase_add_test(tests, every_interrupt_ends_a_wait);
    tcase_add_test(tests, worker_in_the_poller_is_woken_for_a_task);
    tcase_add_loop_test(tests, timers_fire_while_workers_sleep_in_the_poller, 0, RUN_PROCS);
    tcase_add_loop_test(tests, nothing_gets_stuck_between_io_timers_and_channels, 0, RUN_PROCS);
    tcase_add_loop_test(tests, io_goes_on_beside_tasks_that_never_yield, 0, RUN_PROCS);
    tcase_add_test(tests, ready_descriptor_stops_the_only_hog);
    tcase_add_loop_test(tests, waiting_for_io_is_no_deadlock_until_it_ends, 0, RUN_PROCS);
    tcase_add_loop_test(tests, closed_descriptors_keep_no_deadlock_from_being_seen, 0, RUN_PROCS);
    tcase_add_loop_test(tests, run_leaves_no_descriptor_open, 0, RUN_PROCS);
    tcase_add_loop_test(tests, programs_that_are_executed_inherit_no_descriptor, 0, RUN_PROCS);
    return run_tests("poller", tests);
}
