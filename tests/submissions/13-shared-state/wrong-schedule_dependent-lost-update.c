/* Wrong: each access is atomic, but load, subtract and store are three steps. Who sells between
 * the load and the store has sold for nothing: the store puts his cakes back. */
#include <stdatomic.h>

#include "bakery.h"

static int64_t price;
static _Atomic(int64_t) cash;
static _Atomic(int) shelf;

void bakery_open(int cakes, int64_t price_of_one)
{
    price = price_of_one;
    shelf = cakes;
    cash = 0;
}

int sell(int wanted)
{
    int seen = atomic_load(&shelf);
    int sold = wanted < seen ? wanted : seen;

    atomic_store(&shelf, seen - sold);
    atomic_fetch_add(&cash, sold * price);
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash_now)
{
    *left = atomic_load(&shelf);
    *cash_now = atomic_load(&cash);
}

void bakery_close(void)
{
}
