/* harness.c - a day in the bank of lesson 14: tellers who transfer, and an auditor who adds up.
 *
 * Input: `accounts`, at least 2; `tellers`, where 0 means one for each proc; `transfers`, of all
 * tellers together, at least 3; `work`, how long it takes to book one, in steps; `audits`, how
 * often the auditor adds up.
 *
 * Transfers add and subtract, so the balances at the end do not depend on their order, and nor do
 * the books, which are sums of entries. The first two transfers go to and fro between two accounts,
 * by different tellers, and the third one goes from an account to itself: whatever the seed, there
 * is one of each kind that goes wrong.
 *
 * The books are plain memory. A booking without both locks is a data race here. */
#include <stdlib.h>

#include "bank.h"
#include "exercise.h"

#define CENTS_MOST 100000
#define LINES_MOST 8 /* accounts that the answer has a line for; the others are in a sum */

struct order {
    int from, to;
    int64_t cents;
};

/* Set before the tellers start, and then only read; the accounts and books are guarded by the locks
 * of the accounts. */
static int64_t steps_of_booking;
static int accounts_count, tellers, transfers;
static struct order *orders;
static struct account *accounts;
static uint64_t *books; /* for each account, the sum of its entries */

static rt_wait_group day;

/* An entry is the end of a chain of steps, each of which needs the one before. */
static uint64_t entry(const struct account *of, const struct account *with, int64_t cents)
{
    uint64_t x = (uint64_t)cents + (uint64_t)of->number * 1000003 + (uint64_t)with->number;

    for (int64_t i = 0; i < steps_of_booking; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    return x;
}

void book(struct account *from, struct account *to, int64_t cents)
{
    uint64_t ours = entry(from, to, -cents), theirs = entry(to, from, cents);

    books[from->number] += ours;
    books[to->number] += theirs;
}

/* A teller's orders are first, first + tellers, first + 2 tellers, ... */
static void serve(void *arg)
{
    const int *first = arg;

    for (int i = *first; i < transfers; i += tellers)
        transfer(&accounts[orders[i].from], &accounts[orders[i].to], orders[i].cents);
    rt_wait_group_done(&day);
}

struct auditor {
    int audits, complaints;
    int64_t total;
};

static void audit(void *arg)
{
    struct auditor *auditor = arg;

    for (int i = 0; i < auditor->audits; i++) {
        auditor->complaints += total(accounts, accounts_count) != auditor->total;
        rt_yield();
    }
    rt_wait_group_done(&day);
}

static void *array(int count, size_t size)
{
    void *memory = calloc((size_t)count, size);

    if (memory == NULL)
        exit(EXERCISE_EXIT_LESSON);
    return memory;
}

static void draw_orders(void)
{
    for (int i = 0; i < transfers; i++) {
        orders[i].from = (int)input_random_between(0, accounts_count - 1);
        orders[i].to = (int)input_random_between(0, accounts_count - 1);
        orders[i].cents = input_random_between(1, CENTS_MOST);
    }
    orders[0].from = orders[1].to = 0;
    orders[0].to = orders[1].from = 1;
    orders[2].to = orders[2].from;
}

/* Returns the sum of all money. */
static int64_t open_bank(void)
{
    int64_t sum = 0;

    accounts_count = (int)input_get("accounts");
    tellers = (int)input_get("tellers");
    if (tellers == 0)
        tellers = rt_procs(0);
    transfers = (int)input_get("transfers");
    steps_of_booking = input_get("work");
    accounts = array(accounts_count, sizeof *accounts);
    books = array(accounts_count, sizeof *books);
    orders = array(transfers, sizeof *orders);
    draw_orders();
    for (int i = 0; i < accounts_count; i++) {
        accounts[i].number = i;
        sum += accounts[i].cents = input_random_between(0, CENTS_MOST);
    }
    return sum;
}

static void answer(const struct auditor *auditor)
{
    int64_t sum = 0;
    uint64_t entries = 0;

    for (int i = 0; i < accounts_count; i++) {
        sum += accounts[i].cents;
        entries = entries * UINT64_C(6364136223846793005) + books[i] + (uint64_t)accounts[i].cents;
        if (i < LINES_MOST)
            answer_line("account %d: %lld cents, books %016llx", i, (long long)accounts[i].cents,
                        (unsigned long long)books[i]);
    }
    answer_line("all %d accounts: %lld cents, books %016llx", accounts_count, (long long)sum,
                (unsigned long long)entries);
    answer_line("audits in which money was missing or too much: %d", auditor->complaints);
}

/* What the tellers use is static or never freed: those of a wrong submission may still run when
 * this ends. */
void harness(void)
{
    static struct auditor auditor;
    static int first[RT_MAX_PROCS];

    auditor.total = open_bank();
    auditor.audits = (int)input_get("audits");
    rt_wait_group_add(&day, tellers + 1);
    for (int i = 0; i < tellers; i++) {
        first[i] = i;
        rt_go(serve, &first[i]);
    }
    rt_go(audit, &auditor);
    rt_wait_group_wait(&day);
    answer(&auditor);
}
