/* Wrong: the permit is given back before the page is there, "so that the next one can start". It is
 * a permit to start a connection, then, and not to have one. */
#include <stdlib.h>

#include "scraper.h"

struct job {
    int port;
    rt_semaphore connections;
    rt_wait_group pages;
};

struct fetch {
    struct job *job;
    const char *path;
    struct page *page;
};

static void fetch_one(void *arg)
{
    struct fetch *fetch = arg;
    struct job *job = fetch->job;

    rt_semaphore_acquire(&job->connections);
    rt_semaphore_release(&job->connections);
    *fetch->page = get_page(job->port, fetch->path);
    rt_wait_group_done(&job->pages);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port, .connections = {.permits = connections}};
    struct fetch *fetches = calloc((size_t)count, sizeof *fetches);

    rt_wait_group_add(&job.pages, count);
    for (int i = 0; i < count; i++) {
        fetches[i] = (struct fetch){&job, paths[i], &pages[i]};
        rt_go(fetch_one, &fetches[i]);
    }
    rt_wait_group_wait(&job.pages);
    free(fetches);
}
