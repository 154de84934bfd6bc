/* Wrong: no messages any more, but a task for each receipt, a thousand at a time. That is the same ill. */
#include <stdatomic.h>

#include "closing.h"

/* ---- Stage 1 --------------------------------------------------------------------------------- */

#define AT_ONCE 1000

struct one {
    int64_t receipt;
    uint64_t cents;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct one *one = arg;

    one->cents = receipt_cents(one->receipt);
    rt_wait_group_done(one->done);
}

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    static struct one batch[AT_ONCE];
    rt_wait_group done = {0};
    uint64_t total = 0;

    (void)workers;
    for (int64_t first = 0; first < receipts; first += AT_ONCE) {
        int count = receipts - first < AT_ONCE ? (int)(receipts - first) : AT_ONCE;
        rt_wait_group_add(&done, count);
        for (int i = 0; i < count; i++) {
            batch[i] = (struct one){first + i, 0, &done};
            rt_go(add_up, &batch[i]);
        }
        rt_wait_group_wait(&done);
        for (int i = 0; i < count; i++)
            total += batch[i].cents;
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
