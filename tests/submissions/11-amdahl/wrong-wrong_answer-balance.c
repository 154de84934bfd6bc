/* Wrong: the balance is one variable, to which each page adds its total when it is done with adding
 * up. A lock sees to it that nothing is lost, and the last balance is right; those on the way are
 * of whichever pages happened to be done. */
#include <stdlib.h>

#include "statement.h"

struct statement {
    int pages;
    int64_t *balances; /* the balance at the end of each page */
    uint64_t *typeset; /* ready for the printer */
    rt_chan *todo;     /* of int: pages that nobody has taken */
    rt_wait_group workers;
    rt_mutex lock;
    int64_t balance; /* so far; `lock` guards it */
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
    int64_t total = add_up(page, read_bookings(page));

    rt_mutex_lock(&statement->lock);
    statement->balance += total;
    statement->balances[page] = statement->balance;
    rt_mutex_unlock(&statement->lock);
}

static void typeset_page(struct statement *statement, int page)
{
    statement->typeset[page] = typeset(page, statement->balances[page]);
}

void print_statement(int pages, int workers)
{
    struct statement statement = {
        .pages = pages,
        .balances = calloc((size_t)pages, sizeof(int64_t)),
        .typeset = calloc((size_t)pages, sizeof(uint64_t)),
    };

    for_each_page(&statement, workers, total_page);
    for_each_page(&statement, workers, typeset_page);
    for (int page = 0; page < pages; page++)
        print_page(statement.typeset[page]);

    free(statement.typeset);
    free(statement.balances);
}
