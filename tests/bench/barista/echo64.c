/* echo64.c - 64 TCP connections on the loopback interface, a client and a server task on each: the client
 * sends 16 bytes, the server sends them back, again and again. */
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#include "barista.h"

static rt_io listener;

/* Messages that came back as they were. Relaxed: it is read when all have been waited for. */
static _Atomic(int64_t) right;

struct client {
    int64_t round_trips;
    rt_wait_group *all;
};

static void check(int status, const char *call)
{
    if (status != RT_OK) {
        bench_fail("%s: %s (errno %d)", call, rt_strerror(status), errno);
    }
}

/* Reads whatever has come, until a whole message has. False at the end of the stream. */
static bool read_message(rt_io io, char *buffer)
{
    for (size_t got = 0; got < ECHO_BYTES;) {
        int64_t count = rt_io_read(io, buffer + got, ECHO_BUFFER_BYTES - got);
        if (count <= 0) {
            check((int)count, "rt_io_read");
            return false;
        }
        got += (size_t)count;
    }
    return true;
}

static void serve(void *arg)
{
    rt_io connection = {(uintptr_t)arg};
    char message[ECHO_BUFFER_BYTES];
    while (read_message(connection, message)) {
        check(rt_io_write(connection, message, ECHO_BYTES), "rt_io_write");
    }
    rt_io_close(connection);
}

static void accept_all(void *arg)
{
    rt_io connection;
    while (rt_io_accept(listener, &connection) == RT_OK) {
        start_task(serve, (void *)(uintptr_t)connection.bits);
    }
    rt_wait_group_done(arg);
}

static void talk(void *arg)
{
    struct client *me = arg;
    char message[ECHO_BYTES], answer[ECHO_BUFFER_BYTES];
    int64_t right_here = 0;
    rt_io connection;
    check(rt_io_dial_tcp("127.0.0.1", rt_io_port(listener), &connection), "rt_io_dial_tcp");
    for (int64_t i = 0; i < me->round_trips; i++) {
        memset(message, (int)i, sizeof message);
        check(rt_io_write(connection, message, sizeof message), "rt_io_write");
        right_here +=
            read_message(connection, answer) && memcmp(message, answer, sizeof message) == 0;
    }
    rt_io_close(connection);
    atomic_fetch_add_explicit(&right, right_here, memory_order_relaxed);
    rt_wait_group_done(me->all);
}

int64_t run_echo64(int64_t n)
{
    rt_wait_group clients = {0}, server = {0};
    struct client client[ECHO_CONNECTIONS];
    check(rt_io_listen_tcp("127.0.0.1", 0, &listener), "rt_io_listen_tcp");
    rt_wait_group_add(&server, 1);
    start_task(accept_all, &server);
    rt_wait_group_add(&clients, ECHO_CONNECTIONS);
    for (int64_t i = 0; i < ECHO_CONNECTIONS; i++) {
        client[i] = (struct client){
            (n + i) / ECHO_CONNECTIONS, /* these add up to n */
            &clients,
        };
        start_task(talk, &client[i]);
    }
    rt_wait_group_wait(&clients);
    rt_io_close(listener);
    rt_wait_group_wait(&server);
    return atomic_load_explicit(&right, memory_order_relaxed);
}
