/* demo.c - lesson 17: a web server that takes 200 ms for a page, and a client that wants ten.
 *
 *   1. One request and its answer, as they go over the wire.
 *   2. Ten pages by 10 connections, and by 3, at procs=1, drawn.
 *   3. Ten pages by 1, 2, 5 and 10 connections, at procs=1 and on all procs; and 200 pages by 200
 *      connections: a table.
 *
 * Both sides are in this program, on TCP sockets of 127.0.0.1, and both are tasks. What takes time
 * is the server's rt_sleep: it stands for a disk, a database, a slow line. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define HOST "127.0.0.1"
#define PAGE_NS (200 * RT_MS)
#define PAGES 10
#define MANY_PAGES 200
#define MESSAGE_MAX 512

/* ---- The server ------------------------------------------------------------------------------ */

static rt_io listener;
static rt_wait_group server; /* its tasks: one that accepts, and one for each connection */

/* A request of ours is so short that it comes in one piece; one of a stranger's need not. */
static void serve(void *arg)
{
    rt_io *client = arg;
    char message[MESSAGE_MAX];
    int64_t length = rt_io_read(*client, message, sizeof message - 1);

    if (length > 0) {
        rt_sleep(PAGE_NS);
        length = snprintf(message, sizeof message,
                          "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nCoffee 2.80\n");
        rt_io_write(*client, message, (size_t)length);
    }
    rt_io_close(*client);
    free(client);
    rt_wait_group_done(&server);
}

static void accept_all(void *unused)
{
    rt_io client;

    (void)unused;
    while (rt_io_accept(listener, &client) == RT_OK) {
        rt_io *own = malloc(sizeof *own);
        if (own == NULL)
            exit(1);
        *own = client;
        rt_wait_group_add(&server, 1);
        rt_go(serve, own);
    }
    rt_wait_group_done(&server);
}

static int start_server(void)
{
    int error = rt_io_listen_tcp(HOST, 0, &listener);

    if (error != RT_OK) {
        fprintf(stderr, "demo: no server on %s: %s\n", HOST, rt_strerror(error));
        exit(1);
    }
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

/* Puts the whole answer into `answer`. Returns its length, or an error code. */
static int64_t get(int port, const char *path, char *answer, size_t room)
{
    rt_io connection;
    int64_t length = 0, got;

    if ((got = rt_io_dial_tcp(HOST, port, &connection)) != RT_OK)
        return got;
    int request = snprintf(answer, room, "GET %s HTTP/1.0\r\n\r\n", path);
    got = rt_io_write(connection, answer, (size_t)request);
    while (got >= 0) {
        got = rt_io_read(connection, answer + length, room - 1 - (size_t)length);
        if (got <= 0)
            break;
        length += got;
    }
    answer[length] = '\0';
    rt_io_close(connection);
    return got < 0 ? got : length;
}

/* ---- Many pages ------------------------------------------------------------------------------ */

struct scrape {
    int port, pages;
    _Atomic(int) next, came; /* relaxed: only the values count */
    rt_wait_group workers;
};

struct worker {
    struct scrape *scrape;
    struct timeline_row *row; /* NULL: not drawn */
};

static void fetch_some(void *arg)
{
    struct worker *worker = arg;
    struct scrape *scrape = worker->scrape;
    char answer[MESSAGE_MAX], path[32];
    int i;

    while ((i = atomic_fetch_add_explicit(&scrape->next, 1, memory_order_relaxed)) <
           scrape->pages) {
        snprintf(path, sizeof path, "/bar/%d", i);
        if (worker->row != NULL) {
            timeline_wait(worker->row, NULL);
            timeline_mark(worker->row, (char)('0' + i));
        }
        if (get(scrape->port, path, answer, sizeof answer) > 0)
            atomic_fetch_add_explicit(&scrape->came, 1, memory_order_relaxed);
    }
    if (worker->row != NULL)
        timeline_end(worker->row);
    rt_wait_group_done(&scrape->workers);
}

/* Fetches `pages` pages by that many connections. Returns how long it takes. */
static int64_t scrape_all(int port, int pages, int connections, struct timeline *timeline)
{
    static struct worker workers[MANY_PAGES];
    struct scrape scrape = {.port = port, .pages = pages};
    int64_t start_ns = rt_now();

    rt_wait_group_add(&scrape.workers, connections);
    for (int i = 0; i < connections; i++) {
        workers[i] = (struct worker){&scrape, NULL};
        if (timeline != NULL)
            workers[i].row = timeline_row(timeline, "connection %d", i + 1);
        rt_go(fetch_some, &workers[i]);
    }
    rt_wait_group_wait(&scrape.workers);
    if (scrape.came != pages) {
        fprintf(stderr, "demo: %d of %d pages came\n", scrape.came, pages);
        exit(1);
    }
    return rt_now() - start_ns;
}

/* ---- What is shown --------------------------------------------------------------------------- */

static void print_lines(const char *arrow, const char *text)
{
    while (*text != '\0') {
        int length = (int)strcspn(text, "\r\n");
        printf("  %s%s%.*s\n", arrow, length > 0 ? " " : "", length, text);
        text += length;
        text += *text == '\r';
        text += *text == '\n';
    }
}

static void show_exchange(int port)
{
    char answer[MESSAGE_MAX];

    printf("one page, as it goes over the wire\n");
    print_lines(">", "GET /bar/1 HTTP/1.0\r\n\r\n");
    get(port, "/bar/1", answer, sizeof answer);
    print_lines("<", answer);
}

static struct timeline *picture(int port, int connections)
{
    struct timeline *timeline = timeline_new("%d pages of 200 ms, %d connections, procs=%d", PAGES,
                                             connections, rt_procs(0));

    scrape_all(port, PAGES, connections, timeline);
    return timeline;
}

static void draw_both(int port)
{
    struct timeline *three = picture(port, 3), *ten = picture(port, PAGES);

    printf("\n");
    timeline_draw(three, stdout, 0);
    printf("\n");
    timeline_draw(ten, stdout, timeline_span_ns(three));
    timeline_free(three);
    timeline_free(ten);
}

static void print_time(int64_t took_ns, int64_t alone_ns)
{
    printf(" %9.0f ms %6.1fx", (double)took_ns / RT_MS, (double)alone_ns / (double)took_ns);
}

/* Prints a line of the table. gain: how many times as fast as one page after the other, at procs=1 and
 * on all procs. */
static void print_line(int port, int pages, int connections, int procs, double gain[2])
{
    int64_t alone_ns = pages * PAGE_NS;

    printf("  %5d %12d ", pages, connections);
    for (int i = 0; i < 2; i++) {
        rt_procs(i == 0 ? 1 : procs);
        int64_t took_ns = scrape_all(port, pages, connections, NULL);
        print_time(took_ns, alone_ns);
        gain[i] = (double)alone_ns / (double)took_ns;
    }
    printf("\n");
}

static void print_table(int port, int procs)
{
    static const int connections[] = {1, 2, 5, PAGES};
    double gain[2];

    printf("\n  pages  connections       procs=1                procs=%d\n", procs);
    for (size_t i = 0; i < sizeof connections / sizeof connections[0]; i++)
        print_line(port, PAGES, connections[i], procs, gain);
    figure("ten_at_once_1", gain[0]);
    figure("ten_at_once", gain[1]);
    print_line(port, MANY_PAGES, MANY_PAGES, procs, gain);
    figure("many_at_once_1", gain[0]);
}

static void demo(void *arg)
{
    int procs = rt_procs(0), port = start_server();

    (void)arg;
    rt_procs(1);
    show_exchange(port);
    draw_both(port);
    print_table(port, procs);
    stop_server();
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
