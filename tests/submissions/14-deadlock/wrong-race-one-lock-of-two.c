/* Wrong: takes only the lock of the account that pays, so there is no circle. But somebody else may
 * have the other account in hand. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&from->lock);
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
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
