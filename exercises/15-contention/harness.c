/* harness.c - a web server for lesson 15: workers that serve pages and count them, and a dashboard.
 *
 * Input: `workers`, where 0 means one for each proc; `requests`, of all workers together; `work`,
 * how long it takes to serve one, in steps; `looks`, how often the dashboard reads all counts.
 *
 * While the workers count, only this can be asked of a count: that it never goes down, and that a
 * worker finds its own hits in it. How often that was not so is in the answer, which is none in a
 * right program, and so are the counts at the end. The workers share nothing but the submission:
 * what orders two hits is its doing. */
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "hits.h"

/* Of so many requests, all but one are for the front page. */
#define FRONT_PAGE 8

/* A worker looks for its own hits once in so many requests. */
#define REQUESTS_PER_LOOK 1000

/* Set before the workers start, and only read afterwards. */
static int workers;
static int64_t requests, steps_of_serving;
static uint64_t visitors; /* which of the 2^64 days */

/* Pages end here, so that serving can't be left out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sent;

static rt_wait_group day;

/* Serves a request: returns which page it was for, and adds to *sum what was sent. */
static int serve(int64_t request, uint64_t *sum)
{
    uint64_t x = visitors + (uint64_t)request * UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    uint64_t page = x >> 32;
    for (int64_t i = 0; i < steps_of_serving; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0x94d049bb133111eb) + 1;
    *sum += x;
    return page % FRONT_PAGE != 0 ? 0 : 1 + (int)(page / FRONT_PAGE % (PAGES - 1));
}

struct worker {
    _Alignas(LINE) int number;
    int complaints;
};

/* Serves its share of the requests: number, number + workers, number + 2 workers, ... */
static void work(void *arg)
{
    struct worker *worker = arg;
    int64_t own[PAGES] = {0}, served = 0;
    uint64_t sum = 0;

    for (int64_t i = worker->number; i < requests; i += workers) {
        int page = serve(i, &sum);
        hit(worker->number, page);
        own[page]++;
        if (++served % REQUESTS_PER_LOOK == 0)
            worker->complaints += hits(page) < own[page];
    }
    atomic_fetch_xor_explicit(&sent, sum, memory_order_relaxed);
    rt_wait_group_done(&day);
}

struct dashboard {
    int looks, complaints;
};

static void show(void *arg)
{
    struct dashboard *dashboard = arg;
    int64_t last[PAGES] = {0};

    for (int i = 0; i < dashboard->looks; i++) {
        for (int page = 0; page < PAGES; page++) {
            int64_t now = hits(page);
            dashboard->complaints += now < last[page] || now > requests;
            last[page] = now;
        }
        rt_yield();
    }
    rt_wait_group_done(&day);
}

static void draw_input(void)
{
    workers = (int)input_get("workers");
    if (workers == 0)
        workers = rt_procs(0);
    requests = input_get("requests");
    steps_of_serving = input_get("work");
    visitors = input_random();
}

/* What the tasks use is static: those of a wrong submission may still run when this ends. */
void harness(void)
{
    static struct worker all[WORKERS_MOST];
    static struct dashboard dashboard;
    int complaints = 0;

    draw_input();
    dashboard.looks = (int)input_get("looks");
    hits_open(workers);
    rt_wait_group_add(&day, workers + 1);
    for (int i = 0; i < workers; i++) {
        all[i].number = i;
        rt_go(work, &all[i]);
    }
    rt_go(show, &dashboard);
    rt_wait_group_wait(&day);

    for (int page = 0; page < PAGES; page++)
        answer_line("page %d: %lld hits", page, (long long)hits(page));
    hits_close();
    for (int i = 0; i < workers; i++)
        complaints += all[i].complaints;
    answer_line("times that a worker missed hits of its own: %d", complaints);
    answer_line("times that a count went down or was impossible: %d", dashboard.complaints);
}
