/* demo.c - lesson 04: the primes below a million, counted in four ways, each drawn.
 *
 *   1. by a plain loop;
 *   2. by workers with equal parts of the range;
 *   3. by workers to whom the numbers are dealt like cards;
 *   4. by workers that take the next of many pieces when they are done with the last.
 *
 * All four call is_prime() for the same million numbers. All pictures have one scale, and a row
 * shows one worker. In the last one, digits and letters mark where a worker took a new piece. */
#include <stdbool.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define LIMIT 1000000
#define PIECES 32
#define WORKERS_MAX 8 /* more rows than this would not fit a screen */

/* Between two looks at the clock: a few microseconds of small numbers, some tens of large ones. */
#define NUMBERS_PER_TICK 256

static bool is_prime(int n)
{
    if (n <= 2 || n % 2 == 0)
        return n == 2;
    for (int d = 3; d <= n / d; d += 2) {
        if (n % d == 0)
            return false;
    }
    return true;
}

/* The numbers first, first + step, ... below `end`. */
struct share {
    int first, end, step;
};

static int count_share(struct share share, struct timeline_row *row)
{
    int count = 0, until_tick = 0;

    for (int n = share.first; n < share.end; n += share.step) {
        count += is_prime(n);
        if (until_tick-- == 0) {
            timeline_tick(row);
            until_tick = NUMBERS_PER_TICK;
        }
    }
    return count;
}

/* ---- Shares that are fixed beforehand -------------------------------------------------------- */

struct worker {
    struct share share;
    rt_chan *pieces; /* of int; NULL for a worker with a fixed share */
    struct timeline_row *row;
    int count;
    rt_wait_group *done;
};

static void count_fixed(void *arg)
{
    struct worker *worker = arg;

    timeline_run(worker->row);
    worker->count = count_share(worker->share, worker->row);
    timeline_end(worker->row);
    rt_wait_group_done(worker->done);
}

/* ---- Pieces that are taken on demand --------------------------------------------------------- */

static char piece_name(int piece)
{
    return "0123456789abcdefghijklmnopqrstuv"[piece % 32];
}

static void count_pieces(void *arg)
{
    struct worker *worker = arg;
    int piece;

    timeline_run(worker->row);
    while (rt_chan_recv(worker->pieces, &piece) == RT_OK) {
        struct share share = {LIMIT / PIECES * piece, LIMIT / PIECES * (piece + 1), 1};
        timeline_run(worker->row);
        timeline_mark(worker->row, piece_name(piece));
        worker->count += count_share(share, worker->row);
        timeline_wait(worker->row, NULL);
    }
    timeline_end(worker->row);
    rt_wait_group_done(worker->done);
}

/* ---- Four ways ------------------------------------------------------------------------------- */

enum way { PLAIN, EQUAL_PARTS, DEALT, ON_DEMAND, WAYS };

static const char *const names[WAYS] = {
    "a plain loop",
    "equal parts",
    "dealt like cards",
    "pieces on demand",
};

static struct share share_of(enum way way, int i, int workers)
{
    switch (way) {
    case EQUAL_PARTS:
        return (struct share){(int)((int64_t)LIMIT * i / workers),
                              (int)((int64_t)LIMIT * (i + 1) / workers), 1};
    case DEALT:
        return (struct share){i, LIMIT, workers};
    default:
        return (struct share){0, LIMIT, 1};
    }
}

static struct timeline *count(enum way way, int workers, int *primes)
{
    struct worker all[WORKERS_MAX];
    rt_wait_group done = {0};
    rt_chan *pieces = way == ON_DEMAND ? rt_chan_new(sizeof(int), 0) : NULL;
    struct timeline *timeline = timeline_new("%s", names[way]);

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        all[i] = (struct worker){share_of(way, i, workers), pieces,
                                 timeline_row(timeline, "worker %c", 'A' + i), 0, &done};
        timeline_ready(all[i].row);
        rt_go(way == ON_DEMAND ? count_pieces : count_fixed, &all[i]);
    }
    if (way == ON_DEMAND) {
        for (int piece = 0; piece < PIECES; piece++)
            rt_chan_send(pieces, &piece);
        rt_chan_close(pieces);
    }
    rt_wait_group_wait(&done);
    *primes = 0;
    for (int i = 0; i < workers; i++)
        *primes += all[i].count;
    rt_chan_free(pieces);
    return timeline;
}

static void demo(void *arg)
{
    int workers = rt_procs(0) < WORKERS_MAX ? rt_procs(0) : WORKERS_MAX;
    int64_t plain_ns = 0, spans_ns[WAYS];
    int primes[WAYS];

    (void)arg;
    for (enum way way = PLAIN; way < WAYS; way++) {
        struct timeline *timeline = count(way, way == PLAIN ? 1 : workers, &primes[way]);
        spans_ns[way] = timeline_span_ns(timeline);
        if (way == PLAIN)
            plain_ns = spans_ns[way];
        timeline_draw(timeline, stdout, plain_ns);
        printf("\n");
        timeline_free(timeline);
    }
    printf("primes below %d, procs=%d\n", LIMIT, rt_procs(0));
    for (enum way way = PLAIN; way < WAYS; way++)
        printf("  %-17s %6d primes %8.1f ms %7.2fx\n", names[way], primes[way],
               (double)spans_ns[way] / RT_MS, (double)plain_ns / (double)spans_ns[way]);
    figure("equal_parts", (double)plain_ns / (double)spans_ns[EQUAL_PARTS]);
    figure("dealt", (double)plain_ns / (double)spans_ns[DEALT]);
    figure("on_demand", (double)plain_ns / (double)spans_ns[ON_DEMAND]);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
