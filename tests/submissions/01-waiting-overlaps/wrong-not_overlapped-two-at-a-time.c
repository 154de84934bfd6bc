/* Waits for two sites at a time, then for the next two: some overlap, but not what was asked. */
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
    for (int first = 0; first < count; first += 2) {
        int jobs_count = count - first < 2 ? count - first : 2;
        struct job jobs[2];
        rt_wait_group done = {0};
        rt_wait_group_add(&done, jobs_count);
        for (int i = 0; i < jobs_count; i++) {
            jobs[i] = (struct job){sites[first + i], &pages[first + i], &done};
            rt_go(fetch, &jobs[i]);
        }
        rt_wait_group_wait(&done);
    }
}
