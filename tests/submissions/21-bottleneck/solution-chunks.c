/* The three stages have one thing in common: items that need nothing from each other. So there is one function that
 * shares out any of them, in chunks, to workers that each have a result of their own; and the stages differ in the size
 * of a chunk only. */
#include <stdatomic.h>
#include <stdlib.h>

#include "closing.h"

/* A chunk of these takes some tens of microseconds, and a page may take more than that by itself. */
#define RECEIPTS_CHUNK 5000
#define BOOKINGS_CHUNK 50
#define PAGES_CHUNK 1

struct crew {
    int64_t items, chunk;
    _Atomic(int64_t) next; /* the first item that nobody has taken. Relaxed: each gets others */
    void (*work)(void *result, int64_t first, int64_t end);
    rt_wait_group workers;
};

struct worker {
    struct crew *crew;
    void *result;
};

static void work(void *arg)
{
    struct worker *worker = arg;
    struct crew *crew = worker->crew;
    int64_t first;

    while ((first = atomic_fetch_add_explicit(&crew->next, crew->chunk, memory_order_relaxed)) <
           crew->items) {
        int64_t end = crew->items - first < crew->chunk ? crew->items : first + crew->chunk;
        crew->work(worker->result, first, end);
    }
    rt_wait_group_done(&crew->workers);
}

/* Worker i works on results[i]. */
static void share_out(struct crew *crew, int workers, char *results, size_t result_bytes)
{
    struct worker *all = calloc((size_t)workers, sizeof *all);

    rt_wait_group_add(&crew->workers, workers);
    for (int i = 0; i < workers; i++) {
        all[i] = (struct worker){crew, results + (size_t)i * result_bytes};
        rt_go(work, &all[i]);
    }
    rt_wait_group_wait(&crew->workers);
    free(all);
}

/* A result of its own for each worker, in cache lines of its own. */
struct sum {
    _Alignas(64) uint64_t cents;
};

struct table {
    _Alignas(64) int64_t counts[ACCOUNTS];
};

static void add_up(void *result, int64_t first, int64_t end)
{
    uint64_t cents = 0;

    for (int64_t receipt = first; receipt < end; receipt++)
        cents += receipt_cents(receipt);
    ((struct sum *)result)->cents += cents;
}

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    struct crew crew = {.items = receipts, .chunk = RECEIPTS_CHUNK, .work = add_up};
    struct sum *sums = aligned_alloc(64, (size_t)workers * sizeof *sums);
    uint64_t total = 0;

    for (int i = 0; i < workers; i++)
        sums[i] = (struct sum){0};
    share_out(&crew, workers, (char *)sums, sizeof *sums);
    for (int i = 0; i < workers; i++)
        total += sums[i].cents;
    free(sums);
    return total;
}

static void count(void *result, int64_t first, int64_t end)
{
    struct table *mine = result;

    for (int64_t booking = first; booking < end; booking++)
        mine->counts[account_of((int)booking)]++;
}

void count_bookings(int bookings, int64_t counts[ACCOUNTS], int workers)
{
    struct crew crew = {.items = bookings, .chunk = BOOKINGS_CHUNK, .work = count};
    struct table *tables = aligned_alloc(64, (size_t)workers * sizeof *tables);

    for (int i = 0; i < workers; i++)
        tables[i] = (struct table){{0}};
    share_out(&crew, workers, (char *)tables, sizeof *tables);
    for (int i = 0; i < workers; i++)
        for (int account = 0; account < ACCOUNTS; account++)
            counts[account] += tables[i].counts[account];
    free(tables);
}

static void typeset(void *result, int64_t first, int64_t end)
{
    uint64_t *report = result;

    for (int64_t page = first; page < end; page++)
        report[page] = typeset_page((int)page);
}

/* All work on one report: each page is written by one of them. */
void typeset_report(int pages, uint64_t *report, int workers)
{
    struct crew crew = {.items = pages, .chunk = PAGES_CHUNK, .work = typeset};

    share_out(&crew, workers, (char *)report, 0);
}
