/* page.h - a run as one HTML file that needs nothing else: no network, no other file. */
#ifndef BARISTA_PAGE_H
#define BARISTA_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "simulate.h"
#include "trace.h"

/* What the page shows. Everything is borrowed. */
struct page {
    const char *title;
    const char *subject; /* whose run it is, on what, with what input */
    const struct trace *trace;
    const struct curve *curve; /* simulated; NULL: the page has no curve and no ledger */
    const char *why;           /* where the speedup went, in words; NULL: not known */
};

/* Writes the page to a file, which appears whole or not at all. False with errno set if that
 * failed. */
bool page_write(const struct page *page, const char *path);

/* The same as a string; the caller owns it. */
char *page_text(const struct page *page);

#endif
