/* locks.h - how long each lock was held in a simulated run: what is held all the time serialises
 * the rest. And by which lines: one lock may be taken for a moment at one of them, and for a long
 * time at another. */
#ifndef RT_SIM_LOCKS_H
#define RT_SIM_LOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"

/* So many lines that take a lock are told apart. Few locks have more than a handful. */
#define RT__LOCK_PLACES 8

/* A line that takes a lock. */
struct rt__lock_place {
    rt_site site;
    int64_t held_ps; /* after it was taken here */
};

struct rt__lock_use {
    const void *lock;
    rt_site site;    /* where it was first taken: its name */
    int64_t held_ps; /* in all; by readers together, as long as there is one */
    int64_t taken, contended;
    int64_t taken_at; /* by the first of those who hold it now ... */
    int taken_by;     /* ... at this place; RT__LOCK_PLACES: at one more than fit */
    struct rt__lock_place
        places[RT__LOCK_PLACES]; /* in the order in which they came; then unused ones */
    int holders;
    bool is_signal; /* a semaphore that was released before anybody had acquired it */
    bool ignored;   /* see rt__observe_excludes */
    int last_proc;  /* see rt__virtual_touch */
};

/* A task is about to wait for the lock. */
void rt__locks_contended(const void *lock);

/* Up to `most` locks, those held longest first. Valid until rt__locks_release. Returns how many. */
int rt__locks_longest(const struct rt__lock_use *uses[], int most);

/* The line at which it was taken when it was held longest, all such times together. */
rt_site rt__locks_held_at(const struct rt__lock_use *use);

/* Forgets all. */
void rt__locks_release(void);

#endif
