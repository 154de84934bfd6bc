/* A right answer to lesson 14: everybody takes the locks in the order of the accounts' numbers.
 * Whoever waits for a lock holds only locks with lower numbers, so the numbers grow along every
 * chain of tasks that wait for each other, and no chain comes back to where it began. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    struct account *first = from->number < to->number ? from : to;
    struct account *second = first == from ? to : from;

    rt_mutex_lock(&first->lock);
    if (second != first)
        rt_mutex_lock(&second->lock);
    from->cents -= cents;
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
