/* oracle.c - the expected answer of lesson 13. It runs on one proc, where a task is stopped only
 * when it has computed for long; the lock is for that one moment in a million. */
#include "bakery.h"

static rt_mutex lock;
static int64_t price, cash; /* `lock` guards cash and shelf */
static int shelf;

void bakery_open(int cakes, int64_t price_of_one)
{
    price = price_of_one;
    shelf = cakes;
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
