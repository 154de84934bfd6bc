/* statement.c - complete this file. What is asked stands in statement.h, and why in
 * lessons/11-amdahl/lesson.md.
 *
 * Try it:     make run LESSON=11 PROCS=2
 * Grade it:   make check LESSON=11
 * Stuck?      make hint LESSON=11
 *
 * This program is right, and somebody has made "the slow part" of it parallel already. */
#include <stdlib.h>

#include "statement.h"

struct statement {
    int pages;
    uint64_t *bookings;    /* of each page; a page's element is written by one task */
    int64_t *totals;       /* what each page adds up to; likewise */
    rt_chan *todo;         /* of int: pages that nobody has taken; closed after the last one */
    rt_wait_group workers; /* those that are not done */
    void (*step)(struct statement *statement, int page); /* what they do with each page */
};

static void work(void *arg)
{
    struct statement *statement = arg;
    int page;

    while (rt_chan_recv(statement->todo, &page) == RT_OK)
        statement->step(statement, page);
    rt_wait_group_done(&statement->workers);
}

/* Does a step for each page, by a pool of workers; returns when it is done for all of them. */
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

static void add_up_page(struct statement *statement, int page)
{
    statement->totals[page] = add_up(page, statement->bookings[page]);
}

/* TODO: let nothing run here, one page after the other, that could be done for several at a time.
 *
 *   1. Look at `make sim LESSON=11` before you change anything. Which share of the time is serial?
 *   2. For each of the two loops below: does a page need the page before? All of its loop body, or
 *      one line of it?
 *   3. Move what does not, one loop at a time, and simulate after each move. Predict first.
 *   4. `make why LESSON=11` names the line that holds you up now. */
void print_statement(int pages, int workers)
{
    struct statement statement = {
        .pages = pages,
        .bookings = calloc((size_t)pages, sizeof(uint64_t)),
        .totals = calloc((size_t)pages, sizeof(int64_t)),
    };
    int64_t balance = 0;

    for (int page = 0; page < pages; page++)
        statement.bookings[page] = read_bookings(page);

    for_each_page(&statement, workers, add_up_page);

    for (int page = 0; page < pages; page++) {
        balance += statement.totals[page];
        print_page(typeset(page, balance));
    }
    free(statement.totals);
    free(statement.bookings);
}
