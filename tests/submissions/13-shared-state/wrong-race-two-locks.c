/* Wrong: every access is under a lock, but tills and inspector do not take the same one. */
#include "bakery.h"

static rt_mutex selling, auditing;
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
    rt_mutex_lock(&selling);
    int sold = wanted < shelf ? wanted : shelf;
    shelf -= sold;
    cash += sold * price;
    rt_mutex_unlock(&selling);
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash_now)
{
    rt_mutex_lock(&auditing);
    *left = shelf;
    *cash_now = cash;
    rt_mutex_unlock(&auditing);
}

void bakery_close(void)
{
}
