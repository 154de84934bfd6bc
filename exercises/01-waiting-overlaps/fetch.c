/* fetch.c - exercise 01: fetch many pages in the time of one.
 *
 * What is asked stands in fetch.h, how to go about it in the lesson
 * (lessons/01-waiting-overlaps/lesson.md). Check it with `make check LESSON=01`. */
#include "fetch.h"

/* What one task has to know, since rt_go() passes it a single pointer. */
struct job {
    int site;          /* whose page to download */
    struct page *page; /* where to put it */
};

/* Does one job. It has the form that rt_go() starts. */
static void fetch(void *arg)
{
    struct job *job = arg;
    *job->page = download(job->site);
}

void fetch_all(const int *sites, int count, struct page *pages)
{
    /* TODO: so far only the first page is fetched, and no task is started.
     *
     * Start a task for every site, and wait for all of them before you return. Two questions to
     * answer on the way:
     * - Each task needs a job of its own. How long must it stay alive, and why can't all the tasks
     *   share the one below?
     * - How does fetch_all() learn that a task is done? */
    struct job job = {sites[0], &pages[0]};
    fetch(&job);
    (void)count;
}
