/* Wrong: one struct for all tasks, filled anew for each. When a task gets to read it, it says what the
 * last round of the loop has written. */
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
    *fetch->page = get_page(job->port, fetch->path);
    rt_semaphore_release(&job->connections);
    rt_wait_group_done(&job->pages);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port, .connections = {.permits = connections}};
    static struct fetch fetch; /* all tasks read it */

    rt_wait_group_add(&job.pages, count);
    for (int i = 0; i < count; i++) {
        fetch = (struct fetch){&job, paths[i], &pages[i]};
        rt_go(fetch_one, &fetch);
    }
    rt_wait_group_wait(&job.pages);
}
