/* fetch.h - exercise 01: fetch many pages in the time of one. Read it, do not change it.
 *
 * You complete fetch_all() in fetch.c. The harness gives you download(). */
#ifndef FETCH_H
#define FETCH_H

#include <stdint.h>

#include "rt.h"

/* The most pages that fetch_all() is ever asked for. */
#define PAGES_MAX 16

/* A page as it came from a site. */
struct page {
    int site;          /* the site that it came from; 0: nothing was downloaded yet */
    int bytes;         /* how long it is */
    uint32_t checksum; /* of its contents */
};

/* Downloads the page of a site and returns it. Blocks the calling task until the site has answered
 * (100 ms when the shape is measured); other tasks run meanwhile. Any number of tasks may be in
 * download() at once. A site that the harness did not ask for answers with zeros. */
struct page download(int site);

/* You write this one.
 *
 * Downloads the page of each of the `count` sites in `sites`, each exactly once, and puts the page
 * of sites[i] into pages[i]. Returns when all pages are there. `pages` has room for `count` pages,
 * and `count` is at most PAGES_MAX.
 *
 * All sites must be waited for at the same time: the whole takes about as long as one download. */
void fetch_all(const int *sites, int count, struct page *pages);

#endif
