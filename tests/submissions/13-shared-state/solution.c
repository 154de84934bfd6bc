/* A right answer to lesson 13: one lock for shelf and cash box together, held from the look at the
 * shelf until the money is in the box, and not while the cakes are wrapped. */
#include "bakery.h"

static int64_t price; /* set before the tills open, and only read afterwards: needs no lock */

static rt_mutex lock;
/* `lock` guards these two. Whenever it is free, every cake is on the shelf or paid for. */
static int shelf;
static int64_t cash;

void bakery_open(int cakes, int64_t price_of_one)
{
    price = price_of_one;
    shelf = cakes;
    cash = 0;
}

int sell(int wanted)
{
    rt_mutex_lock(&lock);
    int sold = wanted < shelf ? wanted : shelf;
    shelf -= sold;
    cash += sold * price;
    rt_mutex_unlock(&lock);
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash_now)
{
    rt_mutex_lock(&lock);
    *left = shelf;
    *cash_now = cash;
    rt_mutex_unlock(&lock);
}

void bakery_close(void)
{
}
