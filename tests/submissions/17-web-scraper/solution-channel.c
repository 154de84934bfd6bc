/* A right answer to lesson 17: the pool of lesson 03, with a channel of page numbers. */
#include "scraper.h"

struct job {
    int port;
    const char *const *paths;
    struct page *pages;
    rt_chan *numbers; /* of int: which page to fetch next */
    rt_wait_group workers;
};

static void fetch_some(void *arg)
{
    struct job *job = arg;
    int i;

    while (rt_chan_recv(job->numbers, &i) == RT_OK)
        job->pages[i] = get_page(job->port, job->paths[i]);
    rt_wait_group_done(&job->workers);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {
        .port = port,
        .paths = paths,
        .pages = pages,
        .numbers = rt_chan_new(sizeof(int), 0),
    };

    rt_wait_group_add(&job.workers, connections);
    for (int i = 0; i < connections; i++)
        rt_go(fetch_some, &job);
    for (int i = 0; i < count; i++)
        rt_chan_send(job.numbers, &i);
    rt_chan_close(job.numbers);
    rt_wait_group_wait(&job.workers);
    rt_chan_free(job.numbers);
}
