/* scraper.c - complete this file. What is asked stands in scraper.h, and why in
 * lessons/17-web-scraper/lesson.md.
 *
 * Try it:     make run LESSON=17 PROCS=1
 * Grade it:   make check LESSON=17
 * Stuck?      make hint LESSON=17 */
#include "scraper.h"

/* TODO: fetch all pages, `connections` at a time. One way, step by step:
 *
 *   1. A plain loop: pages[i] = get_page(port, paths[i]). Grade it: the answer is right, but each
 *      page waits for the one before.
 *   2. A task for each page, as in lesson 01. Look at the answer: what does the server say?
 *   3. Bound it. Either a pool of `connections` tasks, each of which fetches the next page when it
 *      has the last one (lesson 03); or a task for each page, and a semaphore with `connections`
 *      permits around get_page().
 *   4. Wait until the last page is there. */
void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    (void)port; /* remove these five lines: they only keep the compiler quiet */
    (void)paths;
    (void)count;
    (void)connections;
    (void)pages;
}
