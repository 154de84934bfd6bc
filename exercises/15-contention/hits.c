/* hits.c - complete this file. What is asked stands in hits.h, and why in
 * lessons/15-contention/lesson.md.
 *
 * Try it:      make run LESSON=15 PROCS=2
 * Look at it:  make sim LESSON=15, make why LESSON=15
 * Grade it:    make check LESSON=15
 * Stuck?       make hint LESSON=15 */
#include "hits.h"

/* TODO: these counters are right, and the more procs there are, the slower they get. One way to
 * mend it, step by step:
 *
 *   1. `make sim LESSON=15` and `make why LESSON=15`: what do the procs do, and at which line?
 *   2. Give each worker counts of its own, and add them up in hits(). Then no worker writes to what
 *      another one writes to. How do you find a worker's counts? It tells you its number.
 *   3. hits() reads all of them while their owners count. Reading is half of a race: each worker
 *      needs a lock of its own, or its counts are atomic. `make explore LESSON=15`.
 *   4. Keep the workers' counts LINE bytes apart: `_Alignas(LINE)` before the first member of a
 *      struct does that for an array of such structs. */
static rt_mutex lock;
static int64_t counts[PAGES]; /* guarded by `lock` */

void hits_open(int workers)
{
    (void)workers;
}

void hit(int worker, int page)
{
    (void)worker;
    rt_mutex_lock(&lock);
    counts[page]++;
    rt_mutex_unlock(&lock);
}

int64_t hits(int page)
{
    rt_mutex_lock(&lock);
    int64_t count = counts[page];
    rt_mutex_unlock(&lock);
    return count;
}

void hits_close(void)
{
}
