/* Wrong: a page waits for the baton of the page before, and nobody gives the first page one. */
#include <stdlib.h>

#include "statement.h"

struct page {
    int number;
    rt_chan *before, *after; /* of int64_t: balances */
    rt_chan *ready;          /* of uint64_t: for the printer */
};

static void make_page(void *arg)
{
    struct page *page = arg;
    int64_t total = add_up(page->number, read_bookings(page->number)), balance;
    uint64_t ready;

    rt_chan_recv(page->before, &balance);
    balance += total;
    rt_chan_send(page->after, &balance);
    ready = typeset(page->number, balance);
    rt_chan_send(page->ready, &ready);
}

void print_statement(int pages, int workers)
{
    struct page *all = calloc((size_t)pages, sizeof *all);
    rt_chan *baton = rt_chan_new(sizeof(int64_t), 1);

    (void)workers;
    for (int i = 0; i < pages; i++) {
        all[i] = (struct page){i, baton, rt_chan_new(sizeof(int64_t), 1),
                               rt_chan_new(sizeof(uint64_t), 1)};
        baton = all[i].after;
        rt_go(make_page, &all[i]);
    }
    for (int i = 0; i < pages; i++) {
        uint64_t ready;
        rt_chan_recv(all[i].ready, &ready);
        print_page(ready);
    }
}
