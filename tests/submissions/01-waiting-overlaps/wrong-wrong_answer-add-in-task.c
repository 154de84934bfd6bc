/* Each task adds itself to the wait group when it starts. On one proc none has started when
 * fetch_all() waits, so there is nothing to wait for. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
};

static struct job jobs[PAGES_MAX];
static rt_wait_group done;

static void fetch(void *arg)
{
    struct job *job = arg;
    rt_wait_group_add(&done, 1);
    *job->page = download(job->site);
    rt_wait_group_done(&done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i]};
        rt_go(fetch, &jobs[i]);
    }
    rt_wait_group_wait(&done);
}
