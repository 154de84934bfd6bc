/* lost.h - exercise 16: search several places at once, and stop as soon as it is decided. Read it, do not
 * change it.
 *
 * You complete find() in lost.c. The harness gives you search(). You may take every allocation, rt_group_new
 * and rt_chan_new to succeed. */
#ifndef LOST_H
#define LOST_H

#include "rt.h"

/* The most places that find() is ever asked to search. */
#define PLACES_MAX 16

/* What search() and find() return besides the codes of rt.h, which are zero or negative. */
#define NOT_HERE 1

/* Where the umbrella is. */
struct spot {
    int place;
    int shelf;
};

/* Searches a place, and blocks until that is done; other tasks run meanwhile. Returns
 *   - RT_OK when the umbrella is there, and puts the number of the shelf into *shelf;
 *   - NOT_HERE when it is not;
 *   - RT_EIO when nobody can search there: the whole search is worth nothing then;
 *   - RT_ECANCELED when the group of the calling task was canceled before it was done, or is canceled
 *     already. There is no other way to make it return early.
 * It may take any time. At some places nobody ever comes back from the cellar. */
int search(int place, int *shelf);

/* You write this one.
 *
 * Searches the places 0 .. places-1 at the same time, each once, and returns as soon as it is decided:
 *   - RT_OK when it was found; *spot says where. It is in one place at most;
 *   - RT_EIO when one of the places reports that;
 *   - NOT_HERE when all places have said so;
 *   - RT_ETIMEDOUT when none of these has happened within `limit_ns`.
 * In one search no more than one place reports RT_OK or RT_EIO. `places` is from 1 to PLACES_MAX. `limit_ns`
 * may be short, so that the time is over before all tasks have been started, or RT_FOREVER.
 *
 * When it returns, the search is over everywhere: no task of it is left, and nobody is in search(). */
int find(int places, int64_t limit_ns, struct spot *spot);

#endif
