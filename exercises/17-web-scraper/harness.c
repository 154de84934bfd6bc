/* harness.c - a web server with artificial delays, a client for one page, and a list of pages that is
 * new to the submission of lesson 17.
 *
 * Input: `pages`, how many; `fast_ms` and `slow_ms`, how long the server takes for a page, where
 * every fourth one is slow; `connections`, how many it allows at once.
 *
 * Server and client speak HTTP/1.0 (RFC 1945) over TCP: a request and an answer for each connection,
 * and the end of the connection is the end of the answer. The server counts a connection as gone
 * just before it closes it. So a client that has seen the end may connect again at once.
 *
 * Every eleventh page is gone. What is in a page follows from the seed and its path, so nobody
 * knows the answers who has not fetched them. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exercise.h"
#include "scraper.h"

#define HOST "127.0.0.1"

/* A request, or a whole answer: its head and a page. */
#define MESSAGE_MAX 8192

#define PAGE_BYTES_LEAST 200
#define PAGE_BYTES_MOST 6000

#define SLOW_EVERY 4
#define GONE_EVERY 11

/* Set before the server starts and only read afterwards. */
static int64_t fast_ns, slow_ns;
static int allowed;
static uint64_t town;

static rt_io listener;
static rt_wait_group server;  /* its tasks: one that accepts, and one for each connection */
static _Atomic(int) open_now; /* relaxed: the connections of one client come one after the other */

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* ---- The server ------------------------------------------------------------------------------ */

/* Reads until the empty line that ends the head of a request. Returns whether there is one. */
static bool read_request(rt_io client, char *request)
{
    size_t length = 0;

    while (length < MESSAGE_MAX - 1) {
        int64_t got = rt_io_read(client, request + length, MESSAGE_MAX - 1 - length);
        if (got <= 0)
            return false;
        length += (size_t)got;
        request[length] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL)
            return true;
    }
    return false;
}

/* Puts the body of bar number `bar` behind the head. Returns the length of the whole. */
static size_t make_page(char *answer, int bar)
{
    uint64_t x = mix(town + (uint64_t)bar);
    int bytes = PAGE_BYTES_LEAST + (int)(x % (PAGE_BYTES_MOST - PAGE_BYTES_LEAST));
    int head = snprintf(answer, MESSAGE_MAX,
                        "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n",
                        bytes);

    for (int i = 0; i < bytes; i++) {
        if (i % 8 == 0)
            x = mix(x + (uint64_t)i);
        answer[head + i] = (char)('a' + (x >> (i % 8 * 8)) % 26);
    }
    return (size_t)(head + bytes);
}

static size_t answer_with(char *answer, const char *status)
{
    return (size_t)snprintf(answer, MESSAGE_MAX, "HTTP/1.0 %s\r\n\r\n%s\n", status, status);
}

/* Only the connections that were allowed are made to wait. */
static size_t find_page(char *answer, const char *request, bool too_many)
{
    int bar;

    if (too_many)
        return answer_with(answer, "503 Service Unavailable");
    if (sscanf(request, "GET /bar/%d HTTP/1.%*1[01]\r\n", &bar) != 1)
        return answer_with(answer, "400 Bad Request");
    rt_sleep(bar % SLOW_EVERY == 0 ? slow_ns : fast_ns);
    if (mix(town ^ (uint64_t)bar) % GONE_EVERY == 0)
        return answer_with(answer, "404 Not Found");
    return make_page(answer, bar);
}

struct visit {
    rt_io client;
};

static void serve(void *arg)
{
    struct visit *visit = arg;
    rt_io client = visit->client;
    char *message = malloc(MESSAGE_MAX);
    bool too_many = atomic_fetch_add_explicit(&open_now, 1, memory_order_relaxed) >= allowed;

    free(visit);
    if (message == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (read_request(client, message)) {
        size_t length = find_page(message, message, too_many);
        rt_io_write(client, message, length);
    }
    free(message);
    atomic_fetch_sub_explicit(&open_now, 1, memory_order_relaxed);
    rt_io_close(client);
    rt_wait_group_done(&server);
}

static void accept_all(void *unused)
{
    rt_io client;

    (void)unused;
    while (rt_io_accept(listener, &client) == RT_OK) {
        struct visit *visit = malloc(sizeof *visit);
        if (visit == NULL)
            exit(EXERCISE_EXIT_LESSON);
        visit->client = client;
        rt_wait_group_add(&server, 1);
        rt_go(serve, visit);
    }
    rt_wait_group_done(&server);
}

/* Returns the port. */
static int start_server(void)
{
    if (rt_io_listen_tcp(HOST, 0, &listener) != RT_OK)
        exit(EXERCISE_EXIT_LESSON);
    rt_wait_group_add(&server, 1);
    rt_go(accept_all, NULL);
    return rt_io_port(listener);
}

static void stop_server(void)
{
    rt_io_close(listener);
    rt_wait_group_wait(&server);
}

/* ---- The client ------------------------------------------------------------------------------ */

/* Reads until the server closes the connection. Returns the length, or -1. */
static int64_t read_answer(rt_io connection, char *answer)
{
    int64_t length = 0, got;

    while ((got = rt_io_read(connection, answer + length, (size_t)(MESSAGE_MAX - 1 - length))) > 0)
        length += got;
    answer[length] = '\0';
    return got == 0 ? length : -1;
}

static struct page page_of(const char *answer)
{
    struct page page = {0};
    const char *body = strstr(answer, "\r\n\r\n");

    if (body == NULL || sscanf(answer, "HTTP/1.%*1[01] %d", &page.status) != 1)
        return page;
    for (body += 4; *body != '\0'; body++, page.bytes++)
        page.checksum = (page.checksum ^ (unsigned char)*body) * UINT64_C(1099511628211);
    return page;
}

struct page get_page(int port, const char *path)
{
    char message[MESSAGE_MAX];
    struct page page = {0};
    rt_io connection;

    if (rt_io_dial_tcp(HOST, port, &connection) != RT_OK)
        return page;
    int length =
        snprintf(message, sizeof message, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, HOST);
    if (rt_io_write(connection, message, (size_t)length) == RT_OK &&
        read_answer(connection, message) >= 0)
        page = page_of(message);
    rt_io_close(connection);
    return page;
}

/* ---- The exercise ---------------------------------------------------------------------------- */

/* A path for page i. Every fourth one is slow; which bars they are is drawn. */
static char *new_path(int i)
{
    int bar = (int)input_random_between(1, 1000) * SLOW_EVERY + i % SLOW_EVERY;
    char *path = malloc(32);

    if (path == NULL)
        exit(EXERCISE_EXIT_LESSON);
    snprintf(path, 32, "/bar/%d", bar);
    return path;
}

/* The arrays are never freed: the tasks of a wrong submission may still use them when this ends. */
void harness(void)
{
    int count = (int)input_get("pages"), connections = (int)input_get("connections");
    const char **paths = calloc((size_t)count, sizeof *paths);
    struct page *pages = calloc((size_t)count, sizeof *pages);

    if (paths == NULL || pages == NULL)
        exit(EXERCISE_EXIT_LESSON);
    fast_ns = input_get("fast_ms") * RT_MS;
    slow_ns = input_get("slow_ms") * RT_MS;
    allowed = connections;
    town = input_random();
    for (int i = 0; i < count; i++)
        paths[i] = new_path(i);

    int port = start_server();
    scrape(port, paths, count, connections, pages);
    stop_server();

    for (int i = 0; i < count; i++)
        answer_line("%-10s status %3d, %4lld bytes, checksum %016llx", paths[i], pages[i].status,
                    (long long)pages[i].bytes, (unsigned long long)pages[i].checksum);
}
