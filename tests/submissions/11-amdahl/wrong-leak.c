/* Wrong: when all pages are printed, the task that prints them waits for one more: nobody tells it
 * that there is none. */
#include <stdlib.h>

#include "statement.h"

struct printer {
    rt_chan *pages; /* of uint64_t: typeset, in order */
    rt_wait_group printed;
};

static void print_all(void *arg)
{
    struct printer *printer = arg;
    uint64_t ready;

    while (rt_chan_recv(printer->pages, &ready) == RT_OK) {
        print_page(ready);
        rt_wait_group_done(&printer->printed);
    }
}

void print_statement(int pages, int workers)
{
    struct printer *printer = calloc(1, sizeof *printer);
    int64_t balance = 0;

    (void)workers;
    printer->pages = rt_chan_new(sizeof(uint64_t), 0);
    rt_wait_group_add(&printer->printed, pages);
    rt_go(print_all, printer);
    for (int page = 0; page < pages; page++) {
        uint64_t ready;
        balance += add_up(page, read_bookings(page));
        ready = typeset(page, balance);
        rt_chan_send(printer->pages, &ready);
    }
    rt_wait_group_wait(&printer->printed);
}
