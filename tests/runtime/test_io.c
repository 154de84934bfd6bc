/* test_io.c - tests of runtime/io.c: what is written is read, whole and in order; ends and
 * errors. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ends.h"
#include "rt.h"
#include "run.h"

/* ---- Bytes ----------------------------------------------------------------------------------- */

static void write_words(void *arg)
{
    struct ends *ends = arg;

    ck_assert_int_eq(rt_io_write(ends->writer, "one", 3), RT_OK);
    assert_reads(ends->reader, "one");
    ck_assert_int_eq(rt_io_write(ends->writer, "two", 3), RT_OK);
    ck_assert_int_eq(rt_io_write(ends->writer, "three", 5), RT_OK);
    assert_reads(ends->reader, "twothree");
}

static void read_what_was_written(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);

    write_words(&ends);
    ends_close(ends);
}

START_TEST(what_is_written_is_read)
{
    run_at(PROCS(_i), read_what_was_written, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void read_before_writing(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked blocked;

    for (int i = 0; i < 100; i++) {
        block(&blocked, read_some, ends.reader);
        ck_assert_int_eq(rt_io_write(ends.writer, "four", 4), RT_OK);
        ck_assert_int_eq(unblocked(&blocked), 4);
    }
    ends_close(ends);
}

START_TEST(reader_waits_for_the_writer)
{
    run_at(PROCS(_i), read_before_writing, &(enum ends_kind){KIND(_i)});
}
END_TEST

/* A stream of numbers: each 4 bytes are one more than those before. */
#define NUMBERS (4 << 20)

static void write_numbers(void *arg)
{
    struct ends *ends = arg;
    uint32_t *numbers = malloc(NUMBERS * sizeof *numbers);

    for (uint32_t i = 0; i < NUMBERS; i++)
        numbers[i] = i;
    ck_assert_int_eq(rt_io_write(ends->writer, numbers, NUMBERS * sizeof *numbers), RT_OK);
    rt_io_close(ends->writer);
    free(numbers);
}

/* Reads all, in pieces of any size, and returns how many bytes were wrong. */
static int64_t read_numbers(rt_io io)
{
    unsigned char piece[7777];
    int64_t count, at = 0, wrong = 0;

    while ((count = rt_io_read(io, piece, sizeof piece)) > 0) {
        for (int64_t i = 0; i < count; i++, at++)
            wrong += piece[i] != (unsigned char)((uint64_t)at / 4 >> 8 * (at % 4));
    }
    return count == 0 && at == NUMBERS * INT64_C(4) ? wrong : -1;
}

static void send_numbers(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);

    start(write_numbers, &ends);
    ck_assert_int_eq(read_numbers(ends.reader), 0);
    ends_close(ends);
}

START_TEST(long_writes_wait_for_room_and_arrive_in_order)
{
    run_at(PROCS(_i), send_numbers, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void transfer_nothing(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    char byte;

    ck_assert_int_eq(rt_io_write(ends.writer, "", 0), RT_OK);
    ck_assert_int_eq(rt_io_read(ends.reader, &byte, 0), 0);
    ck_assert_int_eq(rt_io_read(ends.reader, NULL, 0), 0);
    write_words(&ends);
    ends_close(ends);
}

START_TEST(nothing_is_transferred_at_once)
{
    run_at(PROCS(_i), transfer_nothing, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void read_and_write_at_once(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked writer;

    block(&writer, write_too_much, ends.reader);
    write_words(&ends); /* its reader reads while it also writes */
    rt_io_close(ends.writer);
    unblocked(&writer);
    rt_io_close(ends.reader);
}

START_TEST(one_task_reads_while_another_writes)
{
    run_at(PROCS(_i), read_and_write_at_once, &(enum ends_kind){KIND(_i)});
}
END_TEST

/* ---- Reads that stop short of what has arrived ----------------------------------------------- */

/* Each is tried with events that are fetched before the reads, and with events that come later:
 * when the only task sleeps, the worker goes to the poller, where they lie ready. */
static void fetch_events(bool fetch)
{
    if (fetch)
        rt_sleep(RT_MS);
}

static void read_to_the_end(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    char byte;

    rt_io_write(ends.writer, "last", 4);
    rt_io_close(ends.writer);
    assert_reads(ends.reader, "last");
    ck_assert_int_eq(rt_io_read(ends.reader, &byte, 1), 0);
    ck_assert_int_eq(rt_io_read(ends.reader, &byte, 1), 0);
    rt_io_close(ends.reader);
}

START_TEST(end_is_found_behind_the_last_bytes)
{
    for (int i = 0; i < 20; i++)
        run_at(PROCS(_i), read_to_the_end, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void end_while_reading(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked blocked;

    block(&blocked, read_some, ends.reader);
    rt_io_close(ends.writer);
    ck_assert_int_eq(unblocked(&blocked), 0);
    rt_io_close(ends.reader);
}

START_TEST(end_wakes_the_reader)
{
    run_at(PROCS(_i), end_while_reading, &(enum ends_kind){KIND(_i)});
}
END_TEST

/* The end comes between two reads of a reader that is busy reading. */
static void write_and_end(void *arg)
{
    struct ends *ends = arg;

    for (int i = 0; i < 50; i++)
        rt_io_write(ends->writer, "word", 4);
    rt_io_close(ends->writer);
}

static void read_against_the_end(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    char buffer[64];
    int64_t count, all = 0;

    start(write_and_end, &ends);
    while ((count = rt_io_read(ends.reader, buffer, sizeof buffer)) > 0)
        all += count;
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(all, 200);
    rt_io_close(ends.reader);
}

START_TEST(end_is_found_whenever_it_comes)
{
    for (int i = 0; i < 200; i++)
        run_at(PROCS(_i), read_against_the_end, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void send_urgent(struct ends ends)
{
    int fd = rt_io_fd(ends.writer);

    ck_assert_int_eq(send(fd, "before", 6, 0), 6);
    ck_assert_int_eq(send(fd, "!", 1, MSG_OOB), 1);
    ck_assert_int_eq(send(fd, "after", 5, 0), 5);
}

static void read_past_urgent_data(void *arg)
{
    struct ends ends = ends_tcp();

    send_urgent(ends);
    fetch_events(*(bool *)arg);
    assert_reads(ends.reader, "before");
    assert_reads(ends.reader, "after");
    ends_close(ends);
}

START_TEST(read_goes_on_behind_urgent_data)
{
    for (int i = 0; i < 50; i++)
        run_at(run_procs[_i], read_past_urgent_data, &(bool){i % 2});
}
END_TEST

/* Sends a byte that a descriptor travels with. */
static void send_with_descriptor(int fd)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr header;
    } control = {.bytes = {0}};
    struct msghdr message = {
        .msg_iov = &(struct iovec){.iov_base = "d", .iov_len = 1},
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };

    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
    ck_assert_int_eq(sendmsg(fd, &message, 0), 1);
}

static void read_past_descriptors(void *arg)
{
    struct ends ends = ends_new(ENDS_UNIX);
    int fd = rt_io_fd(ends.writer);

    send_with_descriptor(fd);
    ck_assert_int_eq(send(fd, "after", 5, 0), 5);
    fetch_events(*(bool *)arg);
    assert_reads(ends.reader, "d");
    assert_reads(ends.reader, "after");
    ends_close(ends);
}

START_TEST(read_goes_on_behind_a_passed_descriptor)
{
    for (int i = 0; i < 2; i++)
        run_at(run_procs[_i], read_past_descriptors, &(bool){i});
}
END_TEST

static void read_packets(void *arg)
{
    int fds[2];
    struct ends ends;

    ck_assert_int_eq(pipe2(fds, O_DIRECT), 0);
    ends = ends_of(fds);
    rt_io_write(ends.writer, "one", 3);
    rt_io_write(ends.writer, "two", 3);
    fetch_events(*(bool *)arg);
    assert_reads(ends.reader, "one");
    assert_reads(ends.reader, "two");
    ends_close(ends);
}

START_TEST(read_goes_on_behind_a_packet)
{
    for (int i = 0; i < 2; i++)
        run_at(run_procs[_i], read_packets, &(bool){i});
}
END_TEST

/* ---- Errors ---------------------------------------------------------------------------------- */

static void write_to_nobody(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    int status;

    rt_io_close(ends.reader);
    do { /* TCP is told by the first answer that comes back */
        status = rt_io_write(ends.writer, "lost", 4);
        rt_yield();
    } while (status == RT_OK);
    ck_assert_int_eq(status, RT_EIO);
    ck_assert(cause() == EPIPE || cause() == ECONNRESET);
    ck_assert_int_eq(rt_io_write(ends.writer, "lost", 4), RT_EIO);
    ck_assert_int_eq(cause(), EPIPE);
    rt_io_close(ends.writer);
}

START_TEST(writing_to_nobody_is_an_error_and_no_signal)
{
    signal(SIGPIPE, SIG_DFL); /* kills */
    run_at(PROCS(_i), write_to_nobody, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void block_writer_then_leave(void *arg)
{
    struct ends ends = ends_new(*(enum ends_kind *)arg);
    struct blocked blocked;

    block(&blocked, write_too_much, ends.writer);
    rt_io_close(ends.reader);
    ck_assert_int_eq(unblocked(&blocked), RT_EIO);
    rt_io_close(ends.writer);
}

START_TEST(blocked_writer_learns_that_nobody_reads)
{
    run_at(PROCS(_i), block_writer_then_leave, &(enum ends_kind){KIND(_i)});
}
END_TEST

static void reset_while_reading(void *arg)
{
    struct ends ends = ends_tcp();
    struct linger abort_it = {.l_onoff = 1, .l_linger = 0};
    struct blocked blocked;

    (void)arg;
    block(&blocked, read_some, ends.reader);
    setsockopt(rt_io_fd(ends.writer), SOL_SOCKET, SO_LINGER, &abort_it, sizeof abort_it);
    rt_io_close(ends.writer);
    ck_assert_int_eq(unblocked(&blocked), RT_EIO);
    rt_io_close(ends.reader);
}

START_TEST(reset_connection_wakes_the_reader_with_an_error)
{
    run_at(run_procs[_i], reset_while_reading, NULL);
}
END_TEST

static void make_handle_for_a_file(void *arg)
{
    int fd = open(__FILE__, O_RDONLY), directory = open(".", O_RDONLY | O_DIRECTORY);
    rt_io io;
    char byte;

    (void)arg;
    ck_assert_int_eq(rt_io_new(fd, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_new(directory, &io), RT_EINVAL);
    ck_assert_int_eq(read(fd, &byte, 1), 1); /* it is untouched */
    ck_assert_int_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
    close(fd);
    close(directory);
}

START_TEST(files_are_refused)
{
    run_at(run_procs[_i], make_handle_for_a_file, NULL);
}
END_TEST

static void make_handles_for_nothing(void *arg)
{
    struct ends ends = ends_new(ENDS_PIPE);
    rt_io io;

    (void)arg;
    ck_assert_int_eq(rt_io_new(-1, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_new(123456789, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_new(rt_io_fd(ends.reader), &io), RT_EINVAL); /* has one */
    write_words(&ends);
    ends_close(ends);
}

START_TEST(what_is_no_descriptor_or_has_a_handle_is_refused)
{
    run_at(run_procs[_i], make_handles_for_nothing, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("io");

    tcase_add_loop_test(tests, what_is_written_is_read, 0, LOOPS);
    tcase_add_loop_test(tests, reader_waits_for_the_writer, 0, LOOPS);
    tcase_add_loop_test(tests, long_writes_wait_for_room_and_arrive_in_order, 0, LOOPS);
    tcase_add_loop_test(tests, nothing_is_transferred_at_once, 0, LOOPS);
    /* A pipe has one direction. */
    tcase_add_loop_test(tests, one_task_reads_while_another_writes, RUN_PROCS, LOOPS);
    tcase_add_loop_test(tests, end_is_found_behind_the_last_bytes, 0, LOOPS);
    tcase_add_loop_test(tests, end_wakes_the_reader, 0, LOOPS);
    tcase_add_loop_test(tests, end_is_found_whenever_it_comes, 0, LOOPS);
    tcase_add_loop_test(tests, read_goes_on_behind_urgent_data, 0, RUN_PROCS);
    tcase_add_loop_test(tests, read_goes_on_behind_a_passed_descriptor, 0, RUN_PROCS);
    tcase_add_loop_test(tests, read_goes_on_behind_a_packet, 0, RUN_PROCS);
    tcase_add_loop_test(tests, writing_to_nobody_is_an_error_and_no_signal, 0, LOOPS);
    tcase_add_loop_test(tests, blocked_writer_learns_that_nobody_reads, 0, LOOPS);
    tcase_add_loop_test(tests, reset_connection_wakes_the_reader_with_an_error, 0, RUN_PROCS);
    tcase_add_loop_test(tests, files_are_refused, 0, RUN_PROCS);
    tcase_add_loop_test(tests, what_is_no_descriptor_or_has_a_handle_is_refused, 0, RUN_PROCS);
    return run_tests("io", tests);
}
