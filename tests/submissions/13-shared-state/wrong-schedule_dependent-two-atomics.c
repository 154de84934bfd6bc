/* Wrong: shelf and box are atomic, and even the sale from the shelf is one step. But there are two
 * variables and one rule about both, which no atomic operation can keep. */
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
    int sold;

    do {
        sold = wanted < seen ? wanted : seen;
    } while (!atomic_compare_exchange_weak(&shelf, &seen, seen - sold));
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
