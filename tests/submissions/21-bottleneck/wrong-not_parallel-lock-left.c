/* Wrong: receipts and report are mended, and whoever counts a booking holds the lock still: synchronisation. */
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

/* ---- Stage 2: bookings ----------------------------------------------------------------------- */

struct ledger {
    int64_t *counts; /* `lock` guards them, and next */
    int next, end;
    rt_mutex lock;
    rt_wait_group counters;
};

static bool count_next(struct ledger *ledger)
{
    rt_mutex_lock(&ledger->lock);
    bool more = ledger->next < ledger->end;
    if (more)
        ledger->counts[account_of(ledger->next++)]++;
    rt_mutex_unlock(&ledger->lock);
    return more;
}

static void count(void *arg)
{
    struct ledger *ledger = arg;

    while (count_next(ledger))
        continue;
    rt_wait_group_done(&ledger->counters);
}

void count_bookings(int bookings, int64_t counts[ACCOUNTS], int workers)
{
    struct ledger ledger = {.counts = counts, .end = bookings};

    rt_wait_group_add(&ledger.counters, workers);
    for (int i = 0; i < workers; i++)
        rt_go(count, &ledger);
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

    while ((page = atomic_fetch_add_explicit(&book->next, 1, memory_order_relaxed)) < book->pages)
        book->report[page] = typeset_page(page);
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
