/* statement.h - the exercise of lesson 11: print the bank statement of a year, on all procs.
 *
 * You read this file and complete statement.c. A statement has many pages. Each page shows the
 * balance that the pages up to it add up to, and the printer takes the pages in their order. So
 * some of the work cannot be shared out. How little of it? That is the exercise.
 *
 * The first three functions only compute, and any number of tasks may call them at once, for
 * different pages or the same. Of a page's time, read_bookings() takes a quarter, add_up() one half
 * and typeset() a quarter; print_page() takes a two-thousandth. One page may take three times as
 * long as another.
 *
 * The harness runs print_statement() once, in the main task. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef STATEMENT_H
#define STATEMENT_H

#include <stdint.h>

#include "rt.h"

/* The bookings of a page, checked and put in order. Given, as the next three: it lies in harness.c.
 * 0 <= page < pages. */
uint64_t read_bookings(int page);

/* What the bookings of this page add up to, in cents; below zero if more was spent than came in. */
int64_t add_up(int page, uint64_t bookings);

/* The page, ready for the printer. `balance` is the sum of add_up() over the pages 0 .. page, this
 * one included. */
uint64_t typeset(int page, int64_t balance);

/* Prints a page. There is one printer: it is called for page 0 first, then for page 1, and so on,
 * and never by two tasks at once. */
void print_page(uint64_t typeset_page);

/* Prints the pages 0 .. pages - 1, in order, each with its balance. Yours to make fast: `workers`
 * procs are to be busy for nearly all of the time. No task is left when it returns. How many tasks
 * you start is up to you.
 *
 * `pages` and `workers` are at least 1. The balance before page 0 is 0. */
void print_statement(int pages, int workers);

#endif
