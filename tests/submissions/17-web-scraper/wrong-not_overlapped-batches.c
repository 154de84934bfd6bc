/* Wrong: as many tasks as there may be connections, and when all of them have ended, as many again.
 * Each batch takes as long as its slowest page, while the other connections stand idle. */
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

    for (int first = 0; first < count; first += connections) {
        for (int i = first; i < first + connections && i < count; i++) {
            fetches[i] = (struct fetch){&job, paths[i], &pages[i]};
            rt_wait_group_add(&job.pages, 1);
            rt_go(fetch_one, &fetches[i]);
        }
        rt_wait_group_wait(&job.pages);
    }
    free(fetches);
}
