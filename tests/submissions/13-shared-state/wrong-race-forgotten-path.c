/* Wrong: customers who want one cake are served on a short path, and that one forgot the lock. */
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
    int sold;

    if (wanted == 1) {
        sold = shelf > 0;
        shelf -= sold;
        cash += sold * price;
    } else {
        rt_mutex_lock(&lock);
        sold = wanted < shelf ? wanted : shelf;
        shelf -= sold;
        cash += sold * price;
        rt_mutex_unlock(&lock);
    }
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
