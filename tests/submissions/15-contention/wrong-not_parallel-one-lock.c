/* Wrong: one lock for all counts. It is held for a nanosecond, and wanted by everybody all the time. */
#include "hits.h"

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
