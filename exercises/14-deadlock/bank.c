/* bank.c - complete this file. What is asked stands in bank.h, and why in
 * lessons/14-deadlock/lesson.md.
 *
 * Try it:     make run LESSON=14 PROCS=2
 * Search it:  make explore LESSON=14
 * Grade it:   make check LESSON=14
 * Stuck?      make hint LESSON=14 */
#include "bank.h"

/* TODO: every access here is under the right locks, and still this bank comes to a standstill. One
 * way to mend it, step by step:
 *
 *   1. `make check LESSON=14`, and read the report: which task waits for what, and who has it? The
 *      reason stands in bank.h, in the last paragraph about transfer().
 *   2. When that is mended, `make explore LESSON=14`. It tells how two tellers get into a circle.
 *   3. Find an order of all the locks that everybody can keep to, whichever way the money goes.
 *   4. total() needs all locks at once. In which order does it take them?
 *
 * One lock for the whole bank would be right, too. But then one teller works at a time. */
void transfer(struct account *from, struct account *to, int64_t cents)
{
    rt_mutex_lock(&from->lock);
    rt_mutex_lock(&to->lock);
    from->cents -= cents;
    to->cents += cents;
    book(from, to, cents);
    rt_mutex_unlock(&to->lock);
    rt_mutex_unlock(&from->lock);
}

int64_t total(struct account *accounts, int count)
{
    int64_t cents = 0;

    for (int i = count - 1; i >= 0; i--)
        rt_mutex_lock(&accounts[i].lock);
    for (int i = 0; i < count; i++)
        cents += accounts[i].cents;
    for (int i = 0; i < count; i++)
        rt_mutex_unlock(&accounts[i].lock);
    return cents;
}
