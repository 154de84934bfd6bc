/* test_tcp.c - tests of runtime/tcp.c: accepting and dialing, many connections, and none left.
 *
 * CONNECTIONS=10000 in the environment makes the test with many connections as long as that. Their
 * clients live in another process, so that each side has descriptors enough. */
#include <check.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ends.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

/* ---- Servers --------------------------------------------------------------------------------- */

struct server {
    rt_io listener;
    rt_wait_group all; /* the accepting task, and one for each connection */
    _Atomic(int) served;
};

struct connection {
    struct server *server;
    rt_io io;
};

/* Sends back whatever comes. */
static void echo(void *arg)
{
    struct connection *connection = arg;
    char buffer[512];
    int64_t count;

    while ((count = rt_io_read(connection->io, buffer, sizeof buffer)) > 0)
        rt_io_write(connection->io, buffer, (size_t)count);
    rt_io_close(connection->io);
    atomic_fetch_add(&connection->server->served, 1);
    rt_wait_group_done(&connection->server->all);
    free(connection);
}

static void accept_all(void *arg)
{
    struct server *server = arg;
    rt_io io;

    while (rt_io_accept(server->listener, &io) == RT_OK) {
        struct connection *connection = malloc(sizeof *connection);
        *connection = (struct connection){server, io};
        rt_wait_group_add(&server->all, 1);
        start(echo, connection);
    }
    rt_wait_group_done(&server->all);
}

static void server_begin(struct server *server, const char *host)
{
    *server = (struct server){.served = 0};
    ck_assert_int_eq(rt_io_listen_tcp(host, 0, &server->listener), RT_OK);
    rt_wait_group_add(&server->all, 1);
    start(accept_all, server);
}

static void server_end(struct server *server)
{
    rt_io_close(server->listener);
    rt_wait_group_wait(&server->all);
}

/* Returns how many answers were wrong. */
static int talk(rt_io io, int rounds, uint32_t seed)
{
    int wrong = 0;

    for (int i = 0; i < rounds; i++) {
        uint32_t sent[4] = {seed, (uint32_t)i, ~seed, 0}, got[4] = {0};
        int64_t count = 0;
        wrong += rt_io_write(io, sent, sizeof sent) != RT_OK;
        while (count < (int64_t)sizeof got) {
            int64_t more = rt_io_read(io, (char *)got + count, sizeof got - (size_t)count);
            if (more <= 0)
                return wrong + 1;
            count += more;
        }
        wrong += memcmp(sent, got, sizeof sent) != 0;
    }
    return wrong;
}

static void talk_to_server(void *arg)
{
    struct server server;
    rt_io io;

    server_begin(&server, arg);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(rt_io_dial_tcp(arg, rt_io_port(server.listener), &io), RT_OK);
        ck_assert_int_eq(talk(io, 20, 7), 0);
        rt_io_close(io);
    }
    server_end(&server);
    ck_assert_int_eq(atomic_load(&server.served), 5);
}

START_TEST(server_answers_what_clients_send)
{
    run_at(run_procs[_i], talk_to_server, LOOPBACK);
}
END_TEST

START_TEST(addresses_of_version_6_work_too)
{
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    if (fd >= 0) { /* else this machine has none */
        close(fd);
        run_at(run_procs[_i], talk_to_server, "::1");
    }
}
END_TEST

/* ---- Many connections ------------------------------------------------------------------------ */

struct clients {
    int port, connections;
    rt_wait_group dialed, leave, all;
    _Atomic(int) wrong;
};

/* Holds its connection open until all have theirs. */
static void be_a_client(void *arg)
{
    struct clients *clients = arg;
    rt_io io;
    int dialed = rt_io_dial_tcp(LOOPBACK, clients->port, &io);

    rt_wait_group_done(&clients->dialed);
    rt_wait_group_wait(&clients->leave);
    if (dialed == RT_OK)
        dialed = talk(io, 3, (uint32_t)rt_task_id());
    atomic_fetch_add(&clients->wrong, dialed != 0);
    rt_io_close(io);
    rt_wait_group_done(&clients->all);
}

static void run_clients(void *arg)
{
    struct clients *clients = arg;

    rt_wait_group_add(&clients->dialed, clients->connections);
    rt_wait_group_add(&clients->all, clients->connections);
    rt_wait_group_add(&clients->leave, 1);
    for (int i = 0; i < clients->connections; i++)
        start(be_a_client, clients);
    rt_wait_group_wait(&clients->dialed);
    rt_wait_group_done(&clients->leave);
    rt_wait_group_wait(&clients->all);
}

/* A process of its own: gets the port through the pipe, and exits with 0 if all went well. */
static pid_t fork_clients(int connections, int port_fd)
{
    pid_t pid = fork();

    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        struct clients clients = {.connections = connections};
        if (read(port_fd, &clients.port, sizeof clients.port) != sizeof clients.port ||
            rt_run(run_clients, &clients) != RT_OK)
            _exit(2);
        _exit(clients.wrong != 0);
    }
    return pid;
}

struct many {
    int port_fd, connections;
    pid_t clients;
    int status;
};

static void wait_for_clients(void *arg)
{
    struct many *many = arg;

    ck_assert_int_eq(waitpid(many->clients, &many->status, 0), many->clients);
}

static void serve_many(void *arg)
{
    struct many *many = arg;
    struct server server;
    int port;

    server_begin(&server, LOOPBACK);
    port = rt_io_port(server.listener);
    ck_assert_int_eq(write(many->port_fd, &port, sizeof port), sizeof port);
    rt_blocking(wait_for_clients, many);
    server_end(&server);
    ck_assert_int_eq(atomic_load(&server.served), many->connections);
}

START_TEST(thousands_of_connections_are_served)
{
    const char *wanted = getenv("CONNECTIONS");
    struct many many = {.connections = wanted != NULL ? atoi(wanted) : few_or(2000)};
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    many.port_fd = fds[1];
    many.clients = fork_clients(many.connections, fds[0]); /* before there are threads */
    run_at(run_procs[_i], serve_many, &many);
    ck_assert_int_eq(many.status, 0);
}
END_TEST

/* ---- Accepting ------------------------------------------------------------------------------- */

static int64_t accept_one(rt_io listener)
{
    rt_io connection;
    int status = rt_io_accept(listener, &connection);

    if (status == RT_OK)
        rt_io_close(connection);
    return status;
}

static void accept_without_callers(void *arg)
{
    struct blocked blocked;
    rt_io listener, again;
    int port;

    (void)arg;
    rt_io_listen_tcp(LOOPBACK, 0, &listener);
    rt_io_deadline(listener, rt_now() + RT_MS, RT_FOREVER);
    ck_assert_int_eq(accept_one(listener), RT_ETIMEDOUT);
    rt_io_deadline(listener, RT_FOREVER, RT_FOREVER);
    block(&blocked, accept_one, listener);
    port = rt_io_port(listener);
    rt_io_close(listener);
    /* The port is free at once, though the blocked task may not have run yet. */
    ck_assert_int_eq(rt_io_listen_tcp(LOOPBACK, port, &again), RT_OK);
    ck_assert_int_eq(unblocked(&blocked), RT_ECLOSED);
    rt_io_close(again);
}

START_TEST(accept_ends_at_its_deadline_and_when_closed)
{
    run_at(run_procs[_i], accept_without_callers, NULL);
}
END_TEST

static void accept_a_crowd(void *arg)
{
    rt_io listener, callers[20];

    (void)arg;
    rt_io_listen_tcp(LOOPBACK, 0, &listener);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, rt_io_port(listener), &callers[i]), RT_OK);
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(accept_one(listener), RT_OK);
    for (int i = 0; i < 20; i++)
        rt_io_close(callers[i]);
    rt_io_close(listener);
}

START_TEST(all_who_came_at_once_are_accepted)
{
    run_at(run_procs[_i], accept_a_crowd, NULL);
}
END_TEST

/* Leaves no more descriptors than those that are open. */
static rlim_t limit_descriptors(void)
{
    struct rlimit limit;
    int next = dup(0);
    rlim_t before;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    before = limit.rlim_cur;
    limit.rlim_cur = (rlim_t)next;
    close(next);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return before;
}

static void unlimit_descriptors(rlim_t before)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = before;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void accept_without_descriptors(void *arg)
{
    rt_io listener, caller, connection;
    rlim_t before;

    (void)arg;
    rt_io_listen_tcp(LOOPBACK, 0, &listener);
    rt_io_dial_tcp(LOOPBACK, rt_io_port(listener), &caller);
    before = limit_descriptors();
    ck_assert_int_eq(rt_io_accept(listener, &connection), RT_EMFILE);
    ck_assert_int_eq(rt_io_accept(listener, &connection), RT_EMFILE);
    ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, rt_io_port(listener), &connection), RT_EMFILE);
    ck_assert_int_eq(rt_io_listen_tcp(LOOPBACK, 0, &connection), RT_EMFILE);
    unlimit_descriptors(before);
    ck_assert_int_eq(rt_io_accept(listener, &connection), RT_OK); /* it was not lost */
    rt_io_write(caller, "still here", 10);
    assert_reads(connection, "still here");
    rt_io_close(connection);
    rt_io_close(caller);
    rt_io_close(listener);
}

START_TEST(out_of_descriptors_is_an_error_and_loses_nothing)
{
    run_at(run_procs[_i], accept_without_descriptors, NULL);
}
END_TEST

static void open_without_descriptors(void *arg)
{
    int fds[2], filler = dup(0);
    rlim_t before;
    rt_io io;

    (void)arg;
    ck_assert_int_eq(pipe(fds), 0);
    for (int spare = 0; spare < 2; spare++) { /* the poller needs two */
        before = limit_descriptors();
        ck_assert_int_eq(rt_io_new(fds[0], &io), RT_EMFILE);
        unlimit_descriptors(before);
        if (spare == 0)
            close(filler); /* now there is one */
    }
    ck_assert_int_eq(rt_io_new(fds[0], &io), RT_OK);
    rt_io_close(io);
    close(fds[1]);
}

START_TEST(first_handle_without_descriptors_is_an_error)
{
    run_at(run_procs[_i], open_without_descriptors, NULL);
}
END_TEST

/* ---- Dialing --------------------------------------------------------------------------------- */

static void dial_nobody(void *arg)
{
    rt_io listener, io;
    int port;

    (void)arg;
    rt_io_listen_tcp(LOOPBACK, 0, &listener);
    port = rt_io_port(listener);
    rt_io_close(listener);
    ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, port, &io), RT_EIO);
    ck_assert_int_eq(cause(), ECONNREFUSED);
    ck_assert_int_eq(rt_io_close(io), RT_ECLOSED);
}

START_TEST(dialing_nobody_is_refused)
{
    run_at(run_procs[_i], dial_nobody, NULL);
}
END_TEST

static void use_wrong_addresses(void *arg)
{
    rt_io io;

    (void)arg;
    ck_assert_int_eq(rt_io_dial_tcp("localhost", 80, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_dial_tcp("", 80, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, -1, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_dial_tcp(LOOPBACK, 65536, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_listen_tcp("localhost", 0, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_listen_tcp(LOOPBACK, 65536, &io), RT_EINVAL);
    ck_assert_int_eq(rt_io_listen_tcp("192.0.2.1", 0, &io), RT_EIO); /* nobody's */
}

START_TEST(what_is_no_address_is_refused)
{
    run_at(run_procs[_i], use_wrong_addresses, NULL);
}
END_TEST

/* A Unix socket whose queue is full: there is nothing that a task could wait for. */
static void connect_to_a_full_queue(void *arg)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), status;
    socklen_t length = sizeof address;

    (void)arg;
    bind(listener, (struct sockaddr *)&address, sizeof(sa_family_t)); /* the system names it */
    ck_assert_int_eq(listen(listener, 0), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    do {
        rt_io io = io_of(socket(AF_UNIX, SOCK_STREAM, 0));
        status = rt_io_connect(io, (struct sockaddr *)&address, length);
    } while (status == RT_OK);
    ck_assert_int_eq(status, RT_EAGAIN);
    close(listener);
}

START_TEST(unix_sockets_connect_until_the_queue_is_full)
{
    run_at(run_procs[_i], connect_to_a_full_queue, NULL);
}
END_TEST

/* Nothing answers: the queue is full, and the kernel drops the first packet. */
static void dial_a_full_queue(void *arg)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    rt_io listener;
    int status;

    rt_io_listen_tcp(LOOPBACK, 0, &listener);
    listen(rt_io_fd(listener), 0);
    getsockname(rt_io_fd(listener), (struct sockaddr *)&address, &length);
    do {
        rt_io io = io_of(socket(AF_INET, SOCK_STREAM, 0));
        rt_io_deadline(io, RT_FOREVER, rt_now() + 20 * RT_MS);
        if (*(bool *)arg) /* it is under way already */
            connect(rt_io_fd(io), (struct sockaddr *)&address, length);
        status = rt_io_connect(io, (struct sockaddr *)&address, length);
    } while (status == RT_OK);
    ck_assert_int_eq(status, RT_ETIMEDOUT);
}

START_TEST(connect_ends_at_its_deadline)
{
    for (int i = 0; i < 2; i++)
        run_at(run_procs[_i], dial_a_full_queue, &(bool){i});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("tcp");

    tcase_add_loop_test(tests, server_answers_what_clients_send, 0, RUN_PROCS);
    tcase_add_loop_test(tests, addresses_of_version_6_work_too, 0, RUN_PROCS);
    tcase_add_loop_test(tests, thousands_of_connections_are_served, 0, RUN_PROCS);
    tcase_add_loop_test(tests, accept_ends_at_its_deadline_and_when_closed, 0, RUN_PROCS);
    tcase_add_loop_test(tests, all_who_came_at_once_are_accepted, 0, RUN_PROCS);
    /* Valgrind keeps the limit itself: it lets the kernel accept, and closes what is one too
     * many. */
    if (!running_under(VALGRIND))
        tcase_add_loop_test(tests, out_of_descriptors_is_an_error_and_loses_nothing, 0, RUN_PROCS);
    tcase_add_loop_test(tests, first_handle_without_descriptors_is_an_error, 0, RUN_PROCS);
    tcase_add_loop_test(tests, dialing_nobody_is_refused, 0, RUN_PROCS);
    tcase_add_loop_test(tests, what_is_no_address_is_refused, 0, RUN_PROCS);
    tcase_add_loop_test(tests, unix_sockets_connect_until_the_queue_is_full, 0, RUN_PROCS);
    tcase_add_loop_test(tests, connect_ends_at_its_deadline, 0, RUN_PROCS);
    return run_tests("tcp", tests);
}
