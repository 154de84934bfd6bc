/* Wrong: each page is printed as soon as it is typeset, under a lock so that no two are at the
 * printer at once. The lock keeps pages apart; it does not keep them in order. */
#include <stdlib.h>

#include "statement.h"

struct statement {
    int pages;
    int64_t *balances; /* first what each page adds up to, then the balance at its end */
    rt_chan *todo;     /* of int: pages that nobody has taken */
    rt_wait_group workers;
    rt_mutex printer;
    void (*step)(struct statement *statement, int page);
};

static void work(void *arg)
{
    struct statement *statement = arg;
    int page;

    while (rt_chan_recv(statement->todo, &page) == RT_OK)
        statement->step(statement, page);
    rt_wait_group_done(&statement->workers);
}

static void for_each_page(struct statement *statement, int workers,
                          void (*step)(struct statement *statement, int page))
{
    statement->step = step;
    statement->todo = rt_chan_new(sizeof(int), 0);
    rt_wait_group_add(&statement->workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, statement);
    for (int page = 0; page < statement->pages; page++)
        rt_chan_send(statement->todo, &page);
    rt_chan_close(statement->todo);
    rt_wait_group_wait(&statement->workers);
    rt_chan_free(statement->todo);
}

static void total_page(struct statement *statement, int page)
{
    statement->balances[page] = add_up(page, read_bookings(page));
}

static void typeset_page(struct statement *statement, int page)
{
    uint64_t ready = typeset(page, statement->balances[page]);

    rt_mutex_lock(&statement->printer);
    print_page(ready);
    rt_mutex_unlock(&statement->printer);
}

void print_statement(int pages, int workers)
{
    struct statement statement = {
        .pages = pages,
        .balances = calloc((size_t)pages, sizeof(int64_t)),
    };

    for_each_page(&statement, workers, total_page);
    for (int page = 1; page < pages; page++)
        statement.balances[page] += statement.balances[page - 1];
    for_each_page(&statement, workers, typeset_page);
    free(statement.balances);
}
