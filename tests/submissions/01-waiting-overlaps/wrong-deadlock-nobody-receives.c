/* Every task sends its result before it says that it is done, and fetch_all() receives results only
 * when all are done: each side waits for the other. */
#include "fetch.h"

struct result {
    int index;
    struct page page;
};

struct job {
    int index, site;
    rt_chan *results;
    rt_wait_group *done;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    struct result result = {job->index, download(job->site)};
    rt_chan_send(job->results, &result);
    rt_wait_group_done(job->done);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    struct job jobs[PAGES_MAX];
    rt_wait_group done = {0};
    rt_chan *results = rt_chan_new(sizeof(struct result), 0);
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){i, sites[i], results, &done};
        rt_go(fetch, &jobs[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < count; i++) {
        struct result result;
        rt_chan_recv(results, &result);
        pages[result.index] = result.page;
    }
    rt_chan_free(results);
}
