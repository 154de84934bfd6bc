/* oracle.c - the expected answer of lesson 14: one lock for the whole bank, which nobody can take
 * in the wrong order. It runs on one proc, where that costs nothing. */
#include "bank.h"

static rt_mutex bank;

void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&bank);
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
    rt_mutex_unlock(&bank);
}

int64_t total(struct account *accounts, int count)
{
    int64_t cents = 0;

    rt_mutex_lock(&bank);
    for (int i = 0; i < count; i++)
        cents += accounts[i].cents;
    rt_mutex_unlock(&bank);
    return cents;
}
