/* Wrong: a plain loop. Each page is asked for when the one before is there. */
#include "scraper.h"

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    (void)connections;
    for (int i = 0; i < count; i++)
        pages[i] = get_page(port, paths[i]);
}
