/* Wrong: whoever writes takes the lock, but the inspector only reads, and does not. */
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
    shelf -= sold;
    cash += sold * price;
    rt_mutex_unlock(&lock);
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash_now)
{
    *left = shelf;
    *cash_now = cash;
}

void bakery_close(void)
{
}
