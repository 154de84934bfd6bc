/* Wrong: volatile makes the compiler load and store each time. It orders nothing
 * between tasks, and another one still gets in between load and store. */
#include "bakery.h"

static int64_t price;
static volatile int64_t cash;
static volatile int shelf;

void bakery_open(int cakes, int64_t price_of_one)
{
    price = price_of_one;
    shelf = cakes;
    cash = 0;
}

int sell(int wanted)
{
    int sold = wanted < shelf ? wanted : shelf;

    shelf -= sold;
    cash += sold * price;
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
