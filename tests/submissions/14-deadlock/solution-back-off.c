/* A right answer to lesson 14 without an order: nobody waits for a second lock with the first one in
 * his hand. If the second is not free, the first is given back, others get their turn, and it all
 * begins anew. That needs no numbers, and may have to be tried more than once.
 *
 * total() waits with locks in its hand, in the order of the array. That does no harm: it waits only
 * for transfers, and those do not wait for it while they hold anything. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&from->lock);
    while (to != from && !rt_mutex_try_lock(&to->lock)) {
        rt_mutex_unlock(&from->lock);
        rt_yield();
        rt_mutex_lock(&from->lock);
    }
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
    if (to != from)
        rt_mutex_unlock(&to->lock);
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
