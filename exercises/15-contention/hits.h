/* hits.h - the exercise of lesson 15: count the hits of a web server's pages while it serves them.
 *
 * You read this file and complete hits.c. The harness opens the counters, starts a task for each
 * worker and one for the dashboard, and closes the counters when they have ended. The workers call
 * hit() after each request, millions of times, and the dashboard calls hits() now and then. */
#ifndef HITS_H
#define HITS_H

#include <stdint.h>

#include "rt.h"

/* The pages are the numbers 0 .. PAGES - 1. Page 0 is the front page: most requests are for it. */
#define PAGES 8

/* There are never more workers than this. */
#define WORKERS_MOST RT_MAX_PROCS

/* The bytes that processors move from one to another in one piece: a cache line, on most. */
#define LINE 64

/* Makes ready to count for the workers 0 .. workers - 1. All counts are 0. Yours to write, as are
 * all that follow. */
void hits_open(int workers);

/* This worker has served this page. Each worker is one task and gives its own number, so no two
 * calls with the same number overlap; those with different numbers do, all the time. A worker that
 * counts should not be held up by the others. */
void hit(int worker, int page);

/* How often this page was served. Every call of hit() that has returned is in it, and every other
 * one may be. Called by any task, while the workers count; that is seldom, so it may take longer. */
int64_t hits(int page);

/* All tasks that count or read have ended. Leaves no task behind. */
void hits_close(void);

#endif
