/* Wrong: never holds a lock while it waits for a second one, to be safe from circles. So between the
 * two halves of a transfer the money is nowhere, and an audit finds that it is missing. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&from->lock);
    from->cents -= cents;
    rt_mutex_unlock(&from->lock);

    struct account *first = from->number < to->number ? from : to;
    struct account *second = first == from ? to : from;
    rt_mutex_lock(&first->lock);
    if (second != first)
        rt_mutex_lock(&second->lock);
    to->cents += cents;
    book(from, to, cents);
    if (second != first)
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
