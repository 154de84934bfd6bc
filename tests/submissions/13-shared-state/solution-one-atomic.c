/* A right answer to lesson 13 with one atomic variable: what is in the cash box follows from what
 * is left on the shelf, so it is not stored at all, and the two can't disagree.
 *
 * A look and a change that depends on it are one step only as a compare-and-exchange: it takes the
 * cakes if the shelf is still as it was seen, and else fails and brings the new number, with which
 * the loop decides anew. Relaxed is enough, because no other memory is handed over by it. */
#include <stdatomic.h>

#include "bakery.h"

static int64_t price; /* these two are set before the tills open, and only read afterwards */
static int stock;
static _Atomic(int) shelf;

void bakery_open(int cakes, int64_t price_of_one)
{
    price = price_of_one;
    stock = cakes;
    atomic_store_explicit(&shelf, cakes, memory_order_relaxed);
}

int sell(int wanted)
{
    int seen = atomic_load_explicit(&shelf, memory_order_relaxed);
    int sold;

    do {
        sold = wanted < seen ? wanted : seen;
    } while (!atomic_compare_exchange_weak_explicit(&shelf, &seen, seen - sold,
                                                    memory_order_relaxed, memory_order_relaxed));
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash)
{
    *left = atomic_load_explicit(&shelf, memory_order_relaxed);
    *cash = (stock - *left) * price;
}

void bakery_close(void)
{
}
