/* scraper.h - the exercise of lesson 17: fetch many pages from one server, a few at a time.
 *
 * You read this file and complete scraper.c. A web server has the menus of all coffee bars of the
 * town, a page for each. It takes its time for each page, and it has a rule: whoever opens more
 * connections at once than it allows gets `503 Service Unavailable` instead of a page.
 *
 * The server is real: it lies in harness.c, listens on 127.0.0.1, and speaks HTTP/1.0 with whoever
 * connects. It runs in this program, as tasks of its own, so that the exercise needs no network.
 *
 * The harness runs scrape() once, in the main task. You may take every allocation, rt_chan_new and
 * rt_go to succeed. */
#ifndef SCRAPER_H
#define SCRAPER_H

#include <stdint.h>

#include "rt.h"

/* What came back for a path. */
struct page {
    int status; /* 200: here it is; 404: there is no such page; 503: too many connections */
    int64_t bytes;
    uint64_t checksum; /* of the bytes */
};

/* Fetches one page from the server on this port of 127.0.0.1. Given: it lies in harness.c, and the
 * lesson explains it. It opens a connection, sends a request, and reads the answer to its end;
 * meanwhile the task waits and its proc runs others. Any number of tasks may call it at once, but
 * see the server's rule above.
 *
 * Some pages take several times as long as others. Not every page exists: a 404 is a result like
 * any other. */
struct page get_page(int port, const char *path);

/* Fetches paths[0] .. paths[count - 1]: afterwards pages[i] is what get_page(port, paths[i]) has
 * returned, for each i. Yours to write. It has up to `connections` connections open at once, never
 * more, and as long as there are pages left, never fewer: as soon as one page is there, the next
 * one is fetched. It leaves no task when it returns.
 *
 * `count` and `connections` are at least 1. The caller owns the arrays and keeps them alive. */
void scrape(int port, const char *const *paths, int count, int connections, struct page *pages);

#endif
