/* Wrong: no lock, no contention, and no right counts. */
#include "hits.h"

static int64_t counts[PAGES];

void hits_open(int workers)
{
    (void)workers;
}

void hit(int worker, int page)
{
    (void)worker;
    counts[page]++;
}

int64_t hits(int page)
{
    return counts[page];
}

void hits_close(void)
{
}
