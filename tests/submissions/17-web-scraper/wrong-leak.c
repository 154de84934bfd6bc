/* Wrong: it counts the pages as they come, and returns when all are there. The workers are still at
 * the channel, waiting for one more number. */
#include "scraper.h"

struct job {
    int port;
    const char *const *paths;
    struct page *pages;
    rt_chan *numbers; /* of int: which page to fetch next */
    rt_wait_group fetched;
};

static void fetch_some(void *arg)
{
    struct job *job = arg;
    int i;

    while (rt_chan_recv(job->numbers, &i) == RT_OK) {
        job->pages[i] = get_page(job->port, job->paths[i]);
        rt_wait_group_done(&job->fetched);
    }
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    static struct job job; /* the tasks that are left use it */

    job = (struct job){.port = port, .paths = paths, .pages = pages};
    job.numbers = rt_chan_new(sizeof(int), 0);
    rt_wait_group_add(&job.fetched, count);
    for (int i = 0; i < connections; i++)
        rt_go(fetch_some, &job);
    for (int i = 0; i < count; i++)
        rt_chan_send(job.numbers, &i);
    rt_wait_group_wait(&job.fetched);
}
