/* oracle.c - the expected answer of lesson 17, by plain sequential code: one page after the
 * other. */
#include "scraper.h"

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    (void)connections;
    for (int i = 0; i < count; i++)
        pages[i] = get_page(port, paths[i]);
}
