/* Wrong: a task for each page, and all of them knock at once. The server turns most of them away. */
#include <stdlib.h>

#include "scraper.h"

struct job {
    int port;
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

    *fetch->page = get_page(job->port, fetch->path);
    rt_wait_group_done(&job->pages);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port};
    struct fetch *fetches = calloc((size_t)count, sizeof *fetches);

    (void)connections;
    rt_wait_group_add(&job.pages, count);
    for (int i = 0; i < count; i++) {
        fetches[i] = (struct fetch){&job, paths[i], &pages[i]};
        rt_go(fetch_one, &fetches[i]);
    }
    rt_wait_group_wait(&job.pages);
    free(fetches);
}
