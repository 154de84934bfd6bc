/* closing.h - the exercise of lesson 21: the books are closed too slowly, and not for one reason.
 *
 * You read this file and mend closing.c. At the end of the year the receipts are added up, the bookings are counted by
 * account, and the report is typeset, page by page. closing.c does all that already, with tasks, and is right. But
 * it is slow: each of the three stages has an ill of its own.
 *
 * The harness calls the three functions, one after the other, in the main task. You may take every allocation, rt_chan_new
 * and rt_go to succeed. */
#ifndef CLOSING_H
#define CLOSING_H

#include <stdint.h>

#include "rt.h"

/* Accounts are the numbers 0 .. ACCOUNTS - 1. */
#define ACCOUNTS 24

/* What each stage needs to know of one item. Given: they lie in harness.c. They only compute, and any number of
 * tasks may call them at once. */

/* What a receipt comes to, in cents. Some twenty nanoseconds, the same for each. */
uint64_t receipt_cents(int64_t receipt);

/* The account that a booking belongs to. About a microsecond, the same for each. */
int account_of(int booking);

/* The page, typeset: a number that stands for it. Page n refers to those before it, so it takes
 * longer the larger n is: from nearly nothing to some tenths of a millisecond. */
uint64_t typeset_page(int page);

/* Yours to mend; each returns when its stage is done, and leaves no task waiting. `workers` is the number of
 * procs to keep busy, and at least 1, as are the numbers of items. */

/* Stage 1: the sum of receipt_cents(r) for 0 <= r < receipts. */
uint64_t add_up_receipts(int64_t receipts, int workers);

/* Stage 2: adds to counts[a] how many of the bookings 0 .. bookings - 1 belong to account a. */
void count_bookings(int bookings, int64_t counts[ACCOUNTS], int workers);

/* Stage 3: report[p] = typeset_page(p) for 0 <= p < pages. */
void typeset_report(int pages, uint64_t *report, int workers);

#endif
