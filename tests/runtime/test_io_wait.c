/* test_io_wait.c - more tests of runtime/io.c, and of handle.c: how a call that blocks on a
 * descriptor ends without data - by a deadline, by closing, by canceling - and what a closed handle
 * still does. */
#include <check.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "ends.h"
#include "rt.h"
#include "run.h"

static struct child child;

/* Fills the ends, so that from now on a write blocks. */
static void fill(rt_io writer)
{
    static const char zeros[65536];

    while (write(rt_io_fd(writer), zeros, sizeof zeros) > 0) /* not so as to block: it is ours */
        ;
    ck_assert_int_eq(errno, EAGAIN);
}

/* ---- Deadlines ------------------------------------------------------------------------------- */

static void read_until(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    int64_t deadline_ns = rt_now() + 3 * RT_MS;

    ck_assert_int_eq(rt_io_deadline(ends.reader, deadline_ns, RT_FOREVER), RT_OK);
    ck_assert_int_eq(read_some(ends.reader), RT_ETIMEDOUT);
    ck_assert_int_ge(rt_now(), deadline_ns);
    ck_assert_int_eq(read_some(ends.reader), RT_ETIMEDOUT); /* from then on */
    ends_close(ends);
}

START_TEST(read_ends_at_its_deadline)
{
    run_at(PROCS(_i), read_until, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void write_until(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    int64_t deadline_ns = rt_now() + 3 * RT_MS;

    ck_assert_int_eq(rt_io_deadline(ends.writer, RT_FOREVER, deadline_ns), RT_OK);
    ck_assert_int_eq(write_too_much(ends.writer), RT_ETIMEDOUT);
    ck_assert_int_ge(rt_now(), deadline_ns);
    ends_close(ends);
}

START_TEST(write_ends_at_its_deadline)
{
    run_at(PROCS(_i), write_until, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void read_after_the_deadline(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);

    rt_io_write(ends.writer, "kept", 4);
    rt_io_deadline(ends.reader, rt_now(), RT_FOREVER);
    ck_assert_int_eq(read_some(ends.reader), RT_ETIMEDOUT);
    rt_io_deadline(ends.reader, RT_FOREVER, RT_FOREVER);
    assert_reads(ends.reader, "kept");
    rt_io_deadline(ends.reader, 0, 0); /* the beginning of time */
    ck_assert_int_eq(read_some(ends.reader), RT_ETIMEDOUT);
    ends_close(ends);
}

START_TEST(past_deadline_fails_at_once_until_it_is_lifted)
{
    run_at(PROCS(_i), read_after_the_deadline, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void read_in_time(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked blocked;

    rt_io_deadline(ends.reader, rt_now() + 3600 * RT_SECOND, RT_FOREVER);
    for (int i = 0; i < 50; i++) {
        block(&blocked, read_some, ends.reader);
        rt_io_write(ends.writer, "early", 5);
        ck_assert_int_eq(unblocked(&blocked), 5);
    }
    ends_close(ends);
}

START_TEST(data_comes_before_the_deadline)
{
    run_at(PROCS(_i), read_in_time, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void move_deadlines(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked reader, writer;

    for (int i = 0; i < 20; i++) {
        block(&reader, read_some, ends.reader);
        rt_io_deadline(ends.reader, rt_now() + 3600 * RT_SECOND, RT_FOREVER); /* later */
        yield_often(20);
        ck_assert_int_eq(atomic_load(&reader.ended), 0);
        rt_io_deadline(ends.reader, rt_now(), RT_FOREVER); /* now */
        ck_assert_int_eq(unblocked(&reader), RT_ETIMEDOUT);
        rt_io_deadline(ends.reader, RT_FOREVER, RT_FOREVER);
    }
    block(&writer, write_too_much, ends.writer);
    rt_io_deadline(ends.writer, RT_FOREVER, rt_now() + RT_MS);
    ck_assert_int_eq(unblocked(&writer), RT_ETIMEDOUT);
    ends_close(ends);
}

START_TEST(moved_deadline_holds_for_blocked_calls_too)
{
    run_at(PROCS(_i), move_deadlines, &(enum ends_kind){KIND(_i)});
}
END_TEST

/* Deadline and data race: the reader gets the one or the other, and no byte is lost. */
static void write_slowly(void *arg)
{
    rt_io writer = *(rt_io *)arg;

    for (int i = 0; i < 300; i++) {
        ck_assert_int_eq(rt_io_write(writer, "x", 1), RT_OK);
        rt_sleep(100 * RT_US);
    }
    rt_io_close(writer);
}

static void read_with_short_deadlines(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    int64_t result, all = 0;

    start(write_slowly, &ends.writer);
    do {
        rt_io_deadline(ends.reader, rt_now() + 100 * RT_US, RT_FOREVER);
        result = read_some(ends.reader);
        ck_assert(result >= 0 || result == RT_ETIMEDOUT);
        all += result > 0 ? result : 0;
    } while (result != 0);
    ck_assert_int_eq(all, 300);
    rt_io_close(ends.reader);
}

START_TEST(no_byte_is_lost_to_a_deadline)
{
    run_at(PROCS(_i), read_with_short_deadlines, &(enum ends_kind){KIND(_i)});
}
END_TEST

/* ---- Closing --------------------------------------------------------------------------------- */

static void close_while_blocked(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked reader, writer;

    block(&reader, read_some, ends.reader);
    ck_assert_int_eq(rt_io_close(ends.reader), RT_OK);
    ck_assert_int_eq(unblocked(&reader), RT_ECLOSED);
    rt_io_close(ends.writer);

    ends = ends_new(*(enum ends_kind *)arg);
    block(&writer, write_too_much, ends.writer);
    ck_assert_int_eq(rt_io_close(ends.writer), RT_OK);
    ck_assert_int_eq(unblocked(&writer), RT_ECLOSED);
    rt_io_close(ends.reader);
}

START_TEST(close_wakes_reader_and_writer)
{
    run_at(PROCS(_i), close_while_blocked, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void use_after_close(void *arg)
{
    struct ends ends = ends_new(ENDS_UNIX), others;
    rt_io connection, zero = {0}, invented = {UINT64_MAX};

    (void)arg;
    ends_close(ends);
    others = ends_new(ENDS_UNIX); /* has the same place and descriptors */
    ck_assert_int_eq(read_some(ends.reader), RT_ECLOSED);
    ck_assert_int_eq(rt_io_write(ends.writer, "lost", 4), RT_ECLOSED);
    ck_assert_int_eq(rt_io_accept(ends.reader, &connection), RT_ECLOSED);
    ck_assert_int_eq(rt_io_deadline(ends.reader, 0, 0), RT_ECLOSED);
    ck_assert_int_eq(rt_io_fd(ends.reader), RT_ECLOSED);
    ck_assert_int_eq(rt_io_port(ends.reader), RT_ECLOSED);
    ck_assert_int_eq(rt_io_close(ends.reader), RT_ECLOSED);
    ck_assert_int_eq(read_some(zero), RT_ECLOSED);
    ck_assert_int_eq(read_some(invented), RT_ECLOSED);
    ck_assert_int_eq(rt_io_write(others.writer, "kept", 4), RT_OK);
    assert_reads(others.reader, "kept");
    ends_close(others);
}

START_TEST(closed_handle_never_reaches_a_new_one)
{
    run_at(run_procs[_i], use_after_close, NULL);
}
END_TEST

/* Tasks read and write handles that others close and make anew, all at the same time: each handle
 * must only ever give its own byte. */
#define SLOTS 8
#define TURNS 300

struct shared {
    _Atomic(uint64_t) readers[SLOTS], writers[SLOTS];
    _Atomic(int) wrong;
    rt_wait_group users;
};

static struct ends make_marked(struct shared *shared, int slot, enum ends_kind kind)
{
    struct ends ends = ends_new(kind);
    char mark = (char)(ends.reader.bits >> 32);

    rt_io_write(ends.writer, &mark, 1);
    atomic_store(&shared->readers[slot], ends.reader.bits);
    atomic_store(&shared->writers[slot], ends.writer.bits);
    return ends;
}

static void make_and_close(void *arg)
{
    struct shared *shared = arg;
    struct ends ends[SLOTS];

    for (int i = 0; i < TURNS; i++) {
        int slot = i % SLOTS;
        if (i >= SLOTS)
            ends_close(ends[slot]);
        ends[slot] = make_marked(shared, slot, i % 2 ? ENDS_PIPE : ENDS_UNIX);
        rt_yield();
    }
    for (int slot = 0; slot < SLOTS; slot++)
        ends_close(ends[slot]);
    rt_wait_group_done(&shared->users);
}

/* One reader, so that no misuse is made: but its handle may be closed at any time. */
static void read_marks(void *arg)
{
    struct shared *shared = arg;

    for (int i = 0; i < 4 * TURNS; i++) {
        rt_io reader = {atomic_load(&shared->readers[i % SLOTS])};
        char mark;
        rt_io_deadline(reader, rt_now() + 20 * RT_US, RT_FOREVER);
        if (rt_io_read(reader, &mark, 1) == 1 && mark != (char)(reader.bits >> 32))
            atomic_fetch_add(&shared->wrong, 1);
    }
    rt_wait_group_done(&shared->users);
}

static void race_with_close(void *arg)
{
    struct shared *shared = arg;

    rt_wait_group_add(&shared->users, 2);
    start(make_and_close, shared);
    start(read_marks, shared);
    rt_wait_group_wait(&shared->users);
}

START_TEST(closing_under_a_reader_is_safe)
{
    struct shared shared = {0};

    run_at(run_procs[_i], race_with_close, &shared);
    ck_assert_int_eq(shared.wrong, 0);
}
END_TEST

/* ---- Canceling ------------------------------------------------------------------------------- */

/* A new group with this task and a deadline that is near. On a busy machine it may have passed
 * before the task is started, and the group takes no more: then the next one has more time. */
static rt_group *start_before_deadline(void (*run)(void *arg), void *arg)
{
    for (int64_t time_ns = 2 * RT_MS;; time_ns *= 2) {
        rt_group *group = rt_group_new(time_ns);
        if (rt_group_go(group, run, arg) == RT_OK)
            return group;
        rt_group_free(group);
    }
}

static void cancel_while_blocked(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    rt_group *group = rt_group_new(RT_FOREVER);
    struct blocked reader = {.call = read_some, .io = ends.reader};
    struct blocked writer = {.call = write_too_much, .io = ends.writer};

    fill(ends.writer);
    rt_io_deadline(ends.writer, RT_FOREVER, rt_now() + 3600 * RT_SECOND);
    rt_group_go(group, make_call, &writer);
    yield_until(&writer.begun, 1);
    yield_often(50);
    rt_group_cancel(group);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    ck_assert_int_eq(writer.result, RT_ECANCELED);
    rt_group_free(group);
    ends_close(ends);

    ends = ends_new(*(enum ends_kind *)arg);
    reader.io = ends.reader;
    group = start_before_deadline(make_call, &reader);
    ck_assert_int_eq(rt_group_wait(group), RT_ETIMEDOUT);
    ck_assert_int_eq(reader.result, RT_ECANCELED);
    rt_group_free(group);
    rt_io_write(ends.writer, "kept", 4); /* the handle still works */
    assert_reads(ends.reader, "kept");
    ends_close(ends);
}

START_TEST(canceling_reaches_reads_and_writes)
{
    run_at(PROCS(_i), cancel_while_blocked, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void read_when_canceled(void *arg)
{
    struct ends ends = ends_new(ENDS_UNIX);
    rt_group *group = rt_group_new(RT_FOREVER);
    struct blocked with_data = {.call = read_some, .io = ends.reader};
    struct blocked without = {.call = read_some, .io = ends.writer};

    (void)arg;
    rt_procs(1); /* they run after the cancel */
    rt_io_write(ends.writer, "data", 4);
    rt_group_go(group, make_call, &with_data);
    rt_group_go(group, make_call, &without);
    rt_group_cancel(group);
    rt_group_wait(group);
    ck_assert_int_eq(with_data.result, 4);
    ck_assert_int_eq(without.result, RT_ECANCELED);
    rt_group_free(group);
    ends_close(ends);
}

START_TEST(canceled_task_still_gets_what_is_there)
{
    run_at(1, read_when_canceled, NULL);
}
END_TEST

/* ---- Misuse ---------------------------------------------------------------------------------- */

/* Two tasks do the same at the same place, which blocks: whoever comes second makes the mistake. */
static struct ends shared_ends;

static void read_shared(void *arg)
{
    char byte;

    (void)arg;
    rt_io_read(shared_ends.reader, &byte, 1); /* @two readers */
}

static void write_shared(void *arg)
{
    (void)arg;
    rt_io_write(shared_ends.writer, "x", 1); /* @two writers */
}

static void read_twice(void *arg)
{
    shared_ends = ends_new(ENDS_PIPE);
    start(read_shared, arg);
    read_shared(arg);
}

static void write_twice(void *arg)
{
    shared_ends = ends_new(ENDS_PIPE);
    fill(shared_ends.writer);
    start(write_shared, arg);
    write_shared(arg);
}

static void assert_misuse(int i, void (*main_fn)(void *arg), const char *mark, const char *object)
{
    child_run(&child, main_fn, (const char *[]){run_procs_environment[i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, mark), (const char *[]){object, "since", NULL});
}

START_TEST(second_reader_is_a_misuse)
{
    assert_misuse(_i, read_twice, "two readers", "`shared_ends.reader`");
}
END_TEST

START_TEST(second_writer_is_a_misuse)
{
    assert_misuse(_i, write_twice, "two writers", "`shared_ends.writer`");
}
END_TEST

static void use_outside(void *arg)
{
    read_shared(arg);
}

START_TEST(calls_outside_of_tasks_are_a_misuse)
{
    child_call(&child, use_outside, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    ck_assert_ptr_nonnull(strstr(child.err, "rt_io_read was called outside of a task"));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("io_wait");

    tcase_add_loop_test(tests, read_ends_at_its_deadline, 0, LOOPS);
    tcase_add_loop_test(tests, write_ends_at_its_deadline, 0, LOOPS);
    tcase_add_loop_test(tests, past_deadline_fails_at_once_until_it_is_lifted, 0, LOOPS);
    tcase_add_loop_test(tests, data_comes_before_the_deadline, 0, LOOPS);
    tcase_add_loop_test(tests, moved_deadline_holds_for_blocked_calls_too, 0, LOOPS);
    tcase_add_loop_test(tests, no_byte_is_lost_to_a_deadline, 0, LOOPS);
    tcase_add_loop_test(tests, close_wakes_reader_and_writer, 0, LOOPS);
    tcase_add_loop_test(tests, closed_handle_never_reaches_a_new_one, 0, RUN_PROCS);
    tcase_add_loop_test(tests, closing_under_a_reader_is_safe, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceling_reaches_reads_and_writes, 0, LOOPS);
    tcase_add_test(tests, canceled_task_still_gets_what_is_there);
    tcase_add_loop_test(tests, second_reader_is_a_misuse, 0, RUN_PROCS);
    tcase_add_loop_test(tests, second_writer_is_a_misuse, 0, RUN_PROCS);
    tcase_add_test(tests, calls_outside_of_tasks_are_a_misuse);
    return run_tests("io_wait", tests);
}
