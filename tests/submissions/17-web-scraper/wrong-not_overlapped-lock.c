/* Wrong: get_page() inside of a lock, "because all tasks write into one array". They write to different
 * elements of it; and who waits for a page keeps everybody else from asking for one. */
#include <stdatomic.h>

#include "scraper.h"

struct job {
    int port, count;
    const char *const *paths;
    struct page *pages;
    _Atomic(int) next; /* the first page that nobody fetches; relaxed: only its value counts */
    rt_mutex lock;
    rt_wait_group workers;
};

static void fetch_some(void *arg)
{
    struct job *job = arg;
    int i;

    while ((i = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed)) < job->count) {
        rt_mutex_lock(&job->lock);
        job->pages[i] = get_page(job->port, job->paths[i]);
        rt_mutex_unlock(&job->lock);
    }
    rt_wait_group_done(&job->workers);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port, .count = count, .paths = paths, .pages = pages};

    rt_wait_group_add(&job.workers, connections);
    for (int i = 0; i < connections; i++)
        rt_go(fetch_some, &job);
    rt_wait_group_wait(&job.workers);
}
