/* Wrong: chunks of receipts on a channel that nobody closes: the sums are right, and the adders wait for more. */
#include <stdatomic.h>

#include "closing.h"

/* ---- Stage 1 --------------------------------------------------------------------------------- */

#define CHUNK 10000

struct receipts {
    int64_t count;
    rt_chan *firsts, *sums; /* a sum for each chunk */
};

static void add_up(void *arg)
{
    struct receipts *all = arg;
    int64_t first;

    while (rt_chan_recv(all->firsts, &first) == RT_OK) {
        uint64_t sum = 0;
        for (int64_t i = first; i < first + CHUNK && i < all->count; i++)
            sum += receipt_cents(i);
        rt_chan_send(all->sums, &sum);
    }
}

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    static struct receipts all;
    int64_t chunks = (receipts + CHUNK - 1) / CHUNK;
    uint64_t total = 0, sum;

    all = (struct receipts){receipts, rt_chan_new(sizeof(int64_t), (size_t)chunks),
                            rt_chan_new(sizeof(uint64_t), (size_t)chunks)};
    for (int i = 0; i < workers; i++)
        rt_go(add_up, &all);
    for (int64_t first = 0; first < receipts; first += CHUNK)
        rt_chan_send(all.firsts, &first);
    for (int64_t i = 0; i < chunks; i++) {
        rt_chan_recv(all.sums, &sum);
        total += sum;
    }
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
