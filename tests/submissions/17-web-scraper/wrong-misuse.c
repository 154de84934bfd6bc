/* Wrong: each worker says that it is done after each page, and the group counts workers. */
#include <stdatomic.h>

#include "scraper.h"

struct job {
    int port, count;
    const char *const *paths;
    struct page *pages;
    _Atomic(int) next; /* the first page that nobody fetches; relaxed: only its value counts */
    rt_wait_group workers;
};

static void get_one(struct job *job, int i)
{
    job->pages[i] = get_page(job->port, job->paths[i]);
    rt_wait_group_done(&job->workers);
}

static void fetch_some(void *arg)
{
    struct job *job = arg;
    int i;

    while ((i = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed)) < job->count)
        get_one(job, i);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port, .count = count, .paths = paths, .pages = pages};

    rt_wait_group_add(&job.workers, connections);
    for (int i = 0; i < connections; i++)
        rt_go(fetch_some, &job);
    rt_wait_group_wait(&job.workers);
}
