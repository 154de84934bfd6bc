/* Wrong: a lock for each page, a line apart. But nearly all requests are for the front page, and
 * they all want the same lock still. */
#include "hits.h"

struct page {
    _Alignas(LINE) rt_mutex lock;
    int64_t count; /* guarded by `lock` */
};

static struct page pages[PAGES];

void hits_open(int workers)
{
    (void)workers;
}

void hit(int worker, int page)
{
    (void)worker;
    rt_mutex_lock(&pages[page].lock);
    pages[page].count++;
    rt_mutex_unlock(&pages[page].lock);
}

int64_t hits(int page)
{
    rt_mutex_lock(&pages[page].lock);
    int64_t count = pages[page].count;
    rt_mutex_unlock(&pages[page].lock);
    return count;
}

void hits_close(void)
{
}
