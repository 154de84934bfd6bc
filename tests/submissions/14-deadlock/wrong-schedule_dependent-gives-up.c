/* Wrong: if the second lock is not free, the transfer is left out. Nobody waits, and the customer
 * doesn't get any money. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&from->lock);
    if (to == from || rt_mutex_try_lock(&to->lock)) {
        from->cents -= cents;
        to->cents += cents;
        book(from, to, cents);
        if (to != from)
            rt_mutex_unlock(&to->lock);
    }
    rt_mutex_unlock(&from->lock);
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
