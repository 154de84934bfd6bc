/* Wrong: a lock for the shelf and one for the box. Each of them is always right, and the two do
 * not always agree. */
#include "bakery.h"

static rt_mutex shelf_lock, cash_lock;
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
    rt_mutex_lock(&shelf_lock);
    int sold = wanted < shelf ? wanted : shelf;
    shelf -= sold;
    rt_mutex_unlock(&shelf_lock);

    rt_mutex_lock(&cash_lock);
    cash += sold * price;
    rt_mutex_unlock(&cash_lock);
    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash_now)
{
    rt_mutex_lock(&shelf_lock);
    *left = shelf;
    rt_mutex_unlock(&shelf_lock);

    rt_mutex_lock(&cash_lock);
    *cash_now = cash;
    rt_mutex_unlock(&cash_lock);
}

void bakery_close(void)
{
}
