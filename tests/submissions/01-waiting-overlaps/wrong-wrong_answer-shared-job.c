/* The loop variable's trap: all tasks get the address of the same job, which holds the last site by
 * the time they look at it. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
    rt_wait_group done;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
    rt_wait_group_done(&job->done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    struct job job = {0};
    rt_wait_group_add(&job.done, count);
    for (int i = 0; i < count; i++) {
        job.site = sites[i];
        job.page = &pages[i];
        rt_go(fetch, &job);
    }
    rt_wait_group_wait(&job.done);
}
