/* A task and a job for each site; a wait group says when all are done. The jobs live on the stack
 * of fetch_all(), which is there until the last task is done. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
    rt_wait_group *done;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
    rt_wait_group_done(job->done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    rt_wait_group done = {0};
    struct job jobs[PAGES_MAX];
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i], &done};
        rt_go(fetch, &jobs[i]);
    }
    rt_wait_group_wait(&done);
}
