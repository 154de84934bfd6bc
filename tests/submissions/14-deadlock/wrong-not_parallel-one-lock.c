/* Wrong: one lock for the whole bank. There is no circle with one lock, and no second teller who
 * works. */
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
