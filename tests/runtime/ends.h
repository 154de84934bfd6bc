/* ends.h - for tests of I/O: pairs of handles - what is written to one end is read from the other -
 * and calls that block in a task of their own. */
#ifndef TESTS_ENDS_H
#define TESTS_ENDS_H

#include <check.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rt.h"
#include "run.h"

#define LOOPBACK "127.0.0.1"

/* The kinds of pairs; most behaviours must hold for each of them. Only sockets go both ways. */
enum ends_kind { ENDS_PIPE, ENDS_UNIX, ENDS_TCP, ENDS_KINDS };

struct ends {
    rt_io reader, writer;
};

static inline rt_io io_of(int fd)
{
    rt_io io;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(rt_io_new(fd, &io), RT_OK);
    return io;
}

static inline struct ends ends_of(const int fds[2])
{
    return (struct ends){.reader = io_of(fds[0]), .writer = io_of(fds[1])};
}

/* A connection needs no acceptor to be made: it queues until it is accepted. */
static inline struct ends ends_tcp(void)
{
    struct ends ends;
    rt_io listener;

    ck_assert_int_eq(rt_io_listen_tcp(LOOPBACK, 0, &listener), RT_OK);
    ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, rt_io_port(listener), &ends.writer), RT_OK);
    ck_assert_int_eq(rt_io_accept(listener, &ends.reader), RT_OK);
    rt_io_close(listener);
    return ends;
}

static inline struct ends ends_new(enum ends_kind kind)
{
    int fds[2];

    if (kind == ENDS_TCP)
        return ends_tcp();
    if (kind == ENDS_UNIX)
        ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    else
        ck_assert_int_eq(pipe(fds), 0);
    return ends_of(fds);
}

static inline void ends_close(struct ends ends)
{
    rt_io_close(ends.reader);
    rt_io_close(ends.writer);
}

/* Asserts that the next read returns exactly this text, though it asks for more. */
static inline void assert_reads(rt_io io, const char *text)
{
    char buffer[256] = "";

    ck_assert_int_eq(rt_io_read(io, buffer, sizeof buffer - 1), (int64_t)strlen(text));
    ck_assert_str_eq(buffer, text);
}

/* Loop tests run for each kind of ends, at each number of procs. */
#define LOOPS (ENDS_KINDS * RUN_PROCS)
#define KIND(i) ((enum ends_kind)((i) / RUN_PROCS))
#define PROCS(i) (run_procs[(i) % RUN_PROCS])

/* Compilers may keep the place of errno from before a call that blocked (rt.h). */
static __attribute__((noinline, unused)) int cause(void)
{
    __asm__ volatile("" ::: "memory");
    return errno;
}

/* A call that is to block, made by a task of its own. */
struct blocked {
    int64_t (*call)(rt_io io);
    rt_io io;
    int64_t result;
    _Atomic(int) begun, ended;
};

static inline int64_t read_some(rt_io io)
{
    char buffer[16];

    return rt_io_read(io, buffer, sizeof buffer);
}

/* More than any kind of ends can hold. */
#define TOO_MUCH ((size_t)16 << 20)

static inline int64_t write_too_much(rt_io io)
{
    char *bytes = calloc(1, TOO_MUCH);
    int64_t result = rt_io_write(io, bytes, TOO_MUCH);

    free(bytes);
    return result;
}

static inline void make_call(void *arg)
{
    struct blocked *blocked = arg;

    atomic_store(&blocked->begun, 1);
    blocked->result = blocked->call(blocked->io);
    atomic_store(&blocked->ended, 1);
}

static inline void block(struct blocked *blocked, int64_t (*call)(rt_io io), rt_io io)
{
    *blocked = (struct blocked){.call = call, .io = io};
    start(make_call, blocked);
    yield_until(&blocked->begun, 1);
    yield_often(50);
    ck_assert_int_eq(atomic_load(&blocked->ended), 0);
}

static inline int64_t unblocked(struct blocked *blocked)
{
    yield_until(&blocked->ended, 1);
    return blocked->result;
}

#endif
