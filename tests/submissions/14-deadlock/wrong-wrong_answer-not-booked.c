/* Wrong: a transfer from an account to itself moves nothing, so it does nothing. It should be in the
 * books, though. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    if (from == to)
        return;

    struct account *first = from->number < to->number ? from : to;
    struct account *second = first == from ? to : from;

    rt_mutex_lock(&first->lock);
    rt_mutex_lock(&second->lock);
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
    rt_mutex_unlock(&second->lock);
    rt_mutex_unlock(&first->lock);
}

int64_t total(struct account *accounts, int count)
{
    int64_t cents = 0;

    for (int i = 0; i < count; i++)
        rt_mutex_lock(&accounts[i].lock);
    for (int i = 0; i < count; i++)
        cents += accounts[i].cents;
    for (int i = 0; i < count; i++)
        rt_mutex_unlock(&accounts[i].lock);
    return cents;
}
