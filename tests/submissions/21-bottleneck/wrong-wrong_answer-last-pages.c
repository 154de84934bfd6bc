/* Wrong: pages are taken four at a time, and what the division leaves over is nobody's. */
#include <stdatomic.h>

#include "closing.h"

/* ---- Stage 1: a part for each worker, a sum for each part ------------------------------------ */

struct receipts {
    int64_t first, end;
    rt_chan *sums;
};

static void add_up(void *arg)
{
    struct receipts *part = arg;
    uint64_t sum = 0;

    for (int64_t receipt = part->first; receipt < part->end; receipt++)
        sum += receipt_cents(receipt);
    rt_chan_send(part->sums, &sum);
}

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    struct receipts parts[RT_MAX_PROCS];
    rt_chan *sums = rt_chan_new(sizeof(uint64_t), 0);
    uint64_t total = 0, sum;

    for (int i = 0; i < workers; i++) {
        parts[i] = (struct receipts){receipts * i / workers, receipts * (i + 1) / workers, sums};
        rt_go(add_up, &parts[i]);
    }
    for (int i = 0; i < workers; i++) {
        rt_chan_recv(sums, &sum);
        total += sum;
    }
    rt_chan_free(sums);
    return total;
}

/* ---- Stage 2: a table for each worker, and one turn at the lock for each table --------------- */

struct ledger {
    int64_t *counts; /* `lock` guards them */
    rt_mutex lock;
    rt_wait_group counters;
};

struct bookings {
    struct ledger *ledger;
    int first, end;
};

static void count(void *arg)
{
    struct bookings *part = arg;
    struct ledger *ledger = part->ledger;
    int64_t mine[ACCOUNTS] = {0};

    for (int booking = part->first; booking < part->end; booking++)
        mine[account_of(booking)]++;
    rt_mutex_lock(&ledger->lock);
    for (int account = 0; account < ACCOUNTS; account++)
        ledger->counts[account] += mine[account];
    rt_mutex_unlock(&ledger->lock);
    rt_wait_group_done(&ledger->counters);
}

void count_bookings(int bookings, int64_t counts[ACCOUNTS], int workers)
{
    struct ledger ledger = {.counts = counts};
    struct bookings parts[RT_MAX_PROCS];

    rt_wait_group_add(&ledger.counters, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct bookings){&ledger, (int)((int64_t)bookings * i / workers),
                                     (int)((int64_t)bookings * (i + 1) / workers)};
        rt_go(count, &parts[i]);
    }
    rt_wait_group_wait(&ledger.counters);
}

/* ---- Stage 3: whoever has typeset a page takes the next one ---------------------------------- */

struct book {
    uint64_t *report;
    int pages;
    _Atomic(int) next; /* the first page that nobody has taken. Relaxed: each gets another number */
    rt_wait_group typesetters;
};

static void typeset(void *arg)
{
    struct book *book = arg;
    int page;

    while ((page = atomic_fetch_add_explicit(&book->next, 4, memory_order_relaxed)) + 4 <=
           book->pages)
        for (int i = 0; i < 4; i++)
            book->report[page + i] = typeset_page(page + i);
    rt_wait_group_done(&book->typesetters);
}

void typeset_report(int pages, uint64_t *report, int workers)
{
    struct book book = {.report = report, .pages = pages};

    rt_wait_group_add(&book.typesetters, workers);
    for (int i = 0; i < workers; i++)
        rt_go(typeset, &book);
    rt_wait_group_wait(&book.typesetters);
}
