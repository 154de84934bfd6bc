/* The tasks share nothing that changes: each sends its page and its place on a channel, and only
 * fetch_all() writes to `pages`. Receiving as many results as there are tasks is waiting for
 * them. */
#include "fetch.h"

struct result {
    int index;
    struct page page;
};

struct job {
    int index, site;
    rt_chan *results;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    struct result result = {job->index, download(job->site)};
    rt_chan_send(job->results, &result);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    struct job jobs[PAGES_MAX];
    rt_chan *results = rt_chan_new(sizeof(struct result), 0);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){i, sites[i], results};
        rt_go(fetch, &jobs[i]);
    }
    for (int i = 0; i < count; i++) {
        struct result result;
        rt_chan_recv(results, &result);
        pages[result.index] = result.page;
    }
    rt_chan_free(results);
}
