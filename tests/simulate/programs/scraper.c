/* A scraper: 100 pages of 50 to 100 ms, each of which is then parsed for a moment. Hardly anything to compute. */
#include "program.h"

#define PAGES 100

static rt_chan *titles;

static void fetch(void *arg)
{
    uint64_t page = (uint64_t)(intptr_t)arg;
    rt_sleep((int64_t)(50 + page * 37 % 51) * RT_MS);
    uint64_t title = chain(page + 1, 20000);
    rt_chan_send(titles, &title);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    titles = rt_chan_new(sizeof(uint64_t), 0);
    for (int round = 0; round < (percent + 49) / 50; round++) {
        for (intptr_t page = 0; page < PAGES; page++) {
            rt_go(fetch, (void *)page);
        }
        for (int i = 0; i < PAGES; i++) {
            uint64_t title;
            rt_chan_recv(titles, &title);
            check += title;
        }
    }
    rt_chan_free(titles);
    return check;
}
