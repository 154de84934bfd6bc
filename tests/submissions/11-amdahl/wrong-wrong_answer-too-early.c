/* Wrong: both rounds are started, and only the second one is waited for. Its workers typeset pages
 * whose totals are not there yet. */
#include <stdlib.h>

#include "statement.h"

struct statement {
    int pages;
    int64_t *totals;
    rt_wait_group *done;
};

static void total_pages(void *arg)
{
    struct statement *statement = arg;

    for (int page = 0; page < statement->pages; page++)
        statement->totals[page] = add_up(page, read_bookings(page));
    rt_wait_group_done(statement->done);
}

void print_statement(int pages, int workers)
{
    static rt_wait_group done; /* outlives this function, as the task may */
    static struct statement statement;
    int64_t balance = 0;

    (void)workers;
    statement = (struct statement){pages, calloc((size_t)pages, sizeof(int64_t)), &done};
    rt_wait_group_add(&done, 1);
    rt_go(total_pages, &statement);
    for (int page = 0; page < pages; page++) {
        balance += statement.totals[page];
        print_page(typeset(page, balance));
    }
    rt_wait_group_wait(&done);
}
