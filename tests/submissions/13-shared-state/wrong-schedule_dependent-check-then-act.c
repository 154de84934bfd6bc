/* Wrong: the look is under the lock and the sale is under the lock, but between the two the lock
 * is free. There is no data race, and the last cake is sold twice. */
#include "bakery.h"

static rt_mutex lock;
static int64_t price, cash;
static int shelf;

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
    rt_mutex_unlock(&lock);

    rt_mutex_lock(&lock);
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
