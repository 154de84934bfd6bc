/* oracle.c - exercise 01 done plainly: one download after the other. It gives the expected answer,
 * and the time that a program without overlap takes. */
#include "fetch.h"

void fetch_all(const int *sites, int count, struct page *pages)
{
    for (int i = 0; i < count; i++)
        pages[i] = download(sites[i]);
}
