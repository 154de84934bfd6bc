/* Wrong: nobody closes the channel of page numbers. All pages are there, and the workers wait for one
 * more, and the main task for the workers. The server still waits for guests, so not all tasks are
 * asleep for ever, as far as the runtime can know: nobody reports a deadlock. */
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
    rt_wait_group_wait(&job.workers);
    rt_chan_free(job.numbers);
}
