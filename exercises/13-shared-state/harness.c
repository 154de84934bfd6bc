/* harness.c - a day in the bakery of lesson 13: tills that sell, and an inspector who looks.
 *
 * Input: `tills`, where 0 means one for each proc; `customers`, of all tills together; `work`, how
 * long it takes to wrap a cake, in steps; `percent`, how many cakes there are for 100 that are
 * wanted; `audits`, how often the inspector looks.
 *
 * The first customers want 1, 2 and 3 cakes, so that no day is without one of each kind.
 *
 * How many cakes a single customer gets depends on who comes first, so the answer has only what
 * does not: the sums, and that none of them broke a rule. Between its start and its end, a till
 * shares nothing with the others but the submission. So whatever orders two sales is the
 * submission's doing, and a lock in this file can't hide that one is missing there. */
#include <stdatomic.h>
#include <stdlib.h>

#include "bakery.h"
#include "exercise.h"

/* What a customer wants at most, and what a cake may cost. */
#define WANTED_MOST 3
#define PRICE_LEAST 100
#define PRICE_MOST 999

/* Set before the tills open and only read afterwards. */
static int64_t steps_of_wrapping;
static int tills, customers, stock;
static int64_t price;
static int *wanted; /* by each of the customers */

/* Relaxed: read when all tills have been waited for. An order here would be one between sales. */
static _Atomic(int64_t) wrapped;
static _Atomic(uint64_t) ribbons;

static rt_wait_group day;

/* A step needs the one before, so that wrapping takes as long as it says. */
void wrap(int cakes)
{
    uint64_t ribbon = (uint64_t)cakes;

    for (int64_t i = steps_of_wrapping * cakes; i > 0; i--)
        ribbon = (ribbon ^ (ribbon >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    atomic_fetch_xor_explicit(&ribbons, ribbon, memory_order_relaxed);
    atomic_fetch_add_explicit(&wrapped, cakes, memory_order_relaxed);
}

struct till {
    int first;      /* its customers are first, first + tills, first + 2 tills, ... */
    int64_t sold;   /* cakes */
    int impossible; /* customers who got fewer than none, or more than they wanted */
};

static void serve(void *arg)
{
    struct till *till = arg;

    for (int i = till->first; i < customers; i += tills) {
        int sold = sell(wanted[i]);
        till->impossible += sold < 0 || sold > wanted[i];
        till->sold += sold;
    }
    rt_wait_group_done(&day);
}

struct inspector {
    int audits, complaints;
};

static void inspect(void *arg)
{
    struct inspector *inspector = arg;

    for (int i = 0; i < inspector->audits; i++) {
        int left;
        int64_t cash;
        audit(&left, &cash);
        inspector->complaints += left < 0 || cash != price * (stock - left);
        rt_yield();
    }
    rt_wait_group_done(&day);
}

static void draw_input(void)
{
    int total = 0;

    tills = (int)input_get("tills");
    if (tills == 0)
        tills = rt_procs(0);
    customers = (int)input_get("customers");
    steps_of_wrapping = input_get("work");
    price = input_random_between(PRICE_LEAST, PRICE_MOST);
    wanted = calloc((size_t)customers, sizeof *wanted);
    if (wanted == NULL)
        exit(EXERCISE_EXIT_LESSON);
    for (int i = 0; i < customers; i++) {
        wanted[i] = i < WANTED_MOST ? i + 1 : (int)input_random_between(1, WANTED_MOST);
        total += wanted[i];
    }
    stock = (int)(total * input_get("percent") / 100);
}

/* What the tills use is static: those of a wrong submission may still run when this ends. */
void harness(void)
{
    static struct till all[RT_MAX_PROCS];
    static struct inspector inspector;
    int64_t sold = 0, cash;
    int left, impossible = 0;

    draw_input();
    inspector.audits = (int)input_get("audits");
    bakery_open(stock, price);
    rt_wait_group_add(&day, tills + 1);
    for (int i = 0; i < tills; i++) {
        all[i].first = i;
        rt_go(serve, &all[i]);
    }
    rt_go(inspect, &inspector);
    rt_wait_group_wait(&day);
    audit(&left, &cash);
    bakery_close();

    for (int i = 0; i < tills; i++) {
        sold += all[i].sold;
        impossible += all[i].impossible;
    }
    answer_line("of %d cakes, %lld are sold and %d are left", stock, (long long)sold, left);
    answer_line("in the cash box: %lld cents, at %lld for a cake", (long long)cash,
                (long long)price);
    answer_line("wrapped: %lld cakes",
                (long long)atomic_load_explicit(&wrapped, memory_order_relaxed));
    answer_line("impossible sales: %d", impossible);
    answer_line("audits in which shelf and box did not agree: %d", inspector.complaints);
}
