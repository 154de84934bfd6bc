/* A task counts the pages that have come, for a progress bar one day. Nobody ever tells it to stop:
 * it still waits for a page when the program ends. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
    rt_wait_group *done;
};

static rt_chan *arrived;
static int pages_arrived;

static void count_pages(void *arg)
{
    (void)arg;
    for (;;) {
        rt_chan_recv(arrived, NULL);
        pages_arrived++;
    }
}

static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
    rt_chan_send(arrived, NULL);
    rt_wait_group_done(job->done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    rt_wait_group done = {0};
    struct job jobs[PAGES_MAX];
    arrived = rt_chan_new(0, 0);
    rt_go(count_pages, NULL);
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i], &done};
        rt_go(fetch, &jobs[i]);
    }
    rt_wait_group_wait(&done);
}
