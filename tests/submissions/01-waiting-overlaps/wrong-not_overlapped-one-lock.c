/* A task for each site, but each holds the same mutex while it waits for its site: a queue
 * again. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
    rt_mutex *mutex;
    rt_wait_group *done;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    rt_mutex_lock(job->mutex);
    *job->page = download(job->site);
    rt_mutex_unlock(job->mutex);
    rt_wait_group_done(job->done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    rt_mutex mutex = {0};
    rt_wait_group done = {0};
    struct job jobs[PAGES_MAX];
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i], &mutex, &done};
        rt_go(fetch, &jobs[i]);
    }
    rt_wait_group_wait(&done);
}
