/* oracle.c - the expected answer of lesson 21, by plain sequential code: a loop for each stage. */
#include "closing.h"

uint64_t add_up_receipts(int64_t receipts, int workers)
{
    uint64_t sum = 0;

    (void)workers;
    for (int64_t receipt = 0; receipt < receipts; receipt++)
        sum += receipt_cents(receipt);
    return sum;
}

void count_bookings(int bookings, int64_t counts[ACCOUNTS], int workers)
{
    (void)workers;
    for (int booking = 0; booking < bookings; booking++)
        counts[account_of(booking)]++;
}

void typeset_report(int pages, uint64_t *report, int workers)
{
    (void)workers;
    for (int page = 0; page < pages; page++)
        report[page] = typeset_page(page);
}
