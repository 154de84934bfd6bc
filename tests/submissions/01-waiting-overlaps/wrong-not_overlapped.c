/* One download after the other. The answer is right, the time is the sum of all waits. */
#include "fetch.h"

void fetch_all(const int *sites, int count, struct page *pages)
{
    for (int i = 0; i < count; i++)
        pages[i] = download(sites[i]);
}
