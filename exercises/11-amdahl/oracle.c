/* oracle.c - the expected answer of lesson 11, by plain sequential code: a page at a time. */
#include "statement.h"

void print_statement(int pages, int workers)
{
    int64_t balance = 0;

    (void)workers;
    for (int page = 0; page < pages; page++) {
        balance += add_up(page, read_bookings(page));
        print_page(typeset(page, balance));
    }
}
