/* closing.c - mend this file. What it does stands in closing.h, and how to find out what ails it in
 * lessons/21-bottleneck/lesson.md.
 *
 * Ask it:     make why LESSON=21
 * Grade it:   make check LESSON=21
 * Stuck?      make hint LESSON=21 */
#include "closing.h"

/* TODO: this is right, and slow. Mend one stage at a time, the one that `make why LESSON=21` blames first:
 *
 *   1. Ask. Write down what it says: scheduling, synchronisation or decomposition? Which line?
 *   2. Mend that stage and nothing else. Each has a check of its own in the report of `make check`.
 *   3. Ask again: now something else is in the way. */

/* ---- Stage 1: receipts ----------------------------------------------------------------------- */

struct receipts {
    rt_chan *numbers;
    rt_chan *sums; /* of each adder, when it has no more to do */
};

static void add_up(void *arg)
{
    struct receipts *all = arg;
    uint64_t sum = 0;
    int64_t receipt;

    while (rt_chan_recv(all->numbers, &receipt) == RT_OK)
        sum += receipt_cents(receipt);
    rt_chan_send(all->sums, &sum);
}

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    struct receipts all = {rt_chan_new(sizeof(int64_t), 0), rt_chan_new(sizeof(uint64_t), 0)};
    uint64_t total = 0, sum;

    for (int i = 0; i < workers; i++)
        rt_go(add_up, &all);
    for (int64_t receipt = 0; receipt < receipts; receipt++)
        rt_chan_send(all.numbers, &receipt);
    rt_chan_close(all.numbers);
    for (int i = 0; i < workers; i++) {
        rt_chan_recv(all.sums, &sum);
        total += sum;
    }
    rt_chan_free(all.numbers);
    rt_chan_free(all.sums);
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

/* ---- Stage 3: the report --------------------------------------------------------------------- */

struct part {
    uint64_t *report;
    int first, end;
    rt_wait_group *typesetters;
};

static void typeset(void *arg)
{
    struct part *part = arg;

    for (int page = part->first; page < part->end; page++)
        part->report[page] = typeset_page(page);
    rt_wait_group_done(part->typesetters);
}

void typeset_report(int pages, uint64_t *report, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_wait_group typesetters = {0};

    rt_wait_group_add(&typesetters, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] =
            (struct part){report, pages * i / workers, pages * (i + 1) / workers, &typesetters};
        rt_go(typeset, &parts[i]);
    }
    rt_wait_group_wait(&typesetters);
}
