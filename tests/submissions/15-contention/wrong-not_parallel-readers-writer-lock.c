/* Wrong: a readers-writer lock lets readers in together. Here nearly everybody writes. */
#include "hits.h"

static rt_rwmutex lock;
static int64_t counts[PAGES]; /* guarded by `lock` */

void hits_open(int workers)
{
    (void)workers;
}

void hit(int worker, int page)
{
    (void)worker;
    rt_rwmutex_write_lock(&lock);
    counts[page]++;
    rt_rwmutex_write_unlock(&lock);
}

int64_t hits(int page)
{
    rt_rwmutex_read_lock(&lock);
    int64_t count = counts[page];
    rt_rwmutex_read_unlock(&lock);
    return count;
}

void hits_close(void)
{
}
