/* Starts all downloads and returns at once: no page has come yet. The jobs are static, since tasks
 * use them after fetch_all() has returned. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
};

static struct job jobs[PAGES_MAX];

static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i]};
        rt_go(fetch, &jobs[i]);
    }
}
