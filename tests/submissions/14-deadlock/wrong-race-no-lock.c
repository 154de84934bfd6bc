/* Wrong: without locks nobody waits for anybody, and transfers get lost. */
#include "bank.h"

void transfer(struct account *from, struct account *to, int64_t cents)
{
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
}

int64_t total(struct account *accounts, int count)
{
    int64_t cents = 0;

    for (int i = 0; i < count; i++)
        cents += accounts[i].cents;
    return cents;
}
