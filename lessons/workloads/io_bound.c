/* io_bound.c - fetches the pages of a web site, each of which the network takes 10 ms to bring.
 *
 * Nearly all of the time is waiting. A task that waits needs no proc, so twenty can wait at the
 * same time on one: 200 ms become 10. More procs have nothing to add. */
#include "workload.h"

#define PAGES 20
#define NETWORK_NS (10 * RT_MS)

static uint64_t fetch(int page)
{
    rt_sleep(NETWORK_NS);
    return (uint64_t)page * (uint64_t)page;
}

uint64_t sequential(void)
{
    uint64_t sum = 0;

    for (int page = 0; page < PAGES; page++)
        sum += fetch(page);
    return sum;
}

struct download {
    int page;
    uint64_t content;
    rt_wait_group *downloads;
};

static void download(void *arg)
{
    struct download *mine = arg;

    mine->content = fetch(mine->page);
    rt_wait_group_done(mine->downloads);
}

uint64_t concurrent(void)
{
    struct download pages[PAGES];
    rt_wait_group downloads = {0};
    uint64_t sum = 0;

    rt_wait_group_add(&downloads, PAGES);
    for (int page = 0; page < PAGES; page++) {
        pages[page] = (struct download){.page = page, .downloads = &downloads};
        rt_go(download, &pages[page]);
    }
    rt_wait_group_wait(&downloads);
    for (int page = 0; page < PAGES; page++)
        sum += pages[page].content;
    return sum;
}
