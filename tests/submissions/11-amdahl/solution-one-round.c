/* A right answer to lesson 11 in one round, without a phase in which all wait for all: a task for
 * each page. The balance runs from page to page through channels, like a baton: a page that has
 * added up receives the balance of the page before, adds its total, and passes it on at once - and
 * typesets after that, while the next pages do the same. Printing has a baton of its own.
 *
 * What is serial is only what happens between taking a baton and passing it on. */
#include <stdlib.h>

#include "statement.h"

struct page {
    int number;
    rt_chan *balance;     /* of int64_t, room for one: from the page before */
    rt_chan *may_print;   /* of bool, likewise */
    struct page *next;    /* NULL after the last one */
    rt_wait_group *pages; /* those that are not printed */
};

static void make_page(void *arg)
{
    struct page *page = arg;
    int64_t total = add_up(page->number, read_bookings(page->number));
    int64_t balance;
    uint64_t ready;
    bool turn;

    rt_chan_recv(page->balance, &balance);
    balance += total;
    if (page->next)
        rt_chan_send(page->next->balance, &balance);
    ready = typeset(page->number, balance);
    rt_chan_recv(page->may_print, &turn);
    print_page(ready);
    if (page->next)
        rt_chan_send(page->next->may_print, &turn);
    rt_wait_group_done(page->pages);
}

void print_statement(int pages, int workers)
{
    struct page *all = calloc((size_t)pages, sizeof *all);
    rt_wait_group done = {0};
    int64_t nothing = 0;
    bool turn = true;

    (void)workers;
    rt_wait_group_add(&done, pages);
    for (int i = 0; i < pages; i++)
        all[i] = (struct page){i, rt_chan_new(sizeof(int64_t), 1), rt_chan_new(sizeof(bool), 1),
                               i + 1 < pages ? &all[i + 1] : NULL, &done};
    rt_chan_send(all[0].balance, &nothing);
    rt_chan_send(all[0].may_print, &turn);
    for (int i = 0; i < pages; i++)
        rt_go(make_page, &all[i]);
    rt_wait_group_wait(&done);
    for (int i = 0; i < pages; i++) {
        rt_chan_free(all[i].balance);
        rt_chan_free(all[i].may_print);
    }
    free(all);
}
