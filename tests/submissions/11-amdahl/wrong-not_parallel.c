/* Wrong: a page at a time, by one task. Everything is serial, so nothing gets faster. */
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
