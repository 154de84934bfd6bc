/* locks.h - how long each lock was held in a simulated run: what is held all the time serialises the rest. */
#ifndef RT_SIM_LOCKS_H
#define RT_SIM_LOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"

struct rt__lock_use {
    const void *lock;
    rt_site site;    /* where it was first taken */
    int64_t held_ps; /* in all; by readers together, as long as there is one */
    int64_t taken, contended;
    int64_t taken_at; /* by the first of those who hold it now */
    int holders;
    bool is_signal; /* a semaphore that was released before anybody had acquired it */
    bool ignored;   /* see rt__observe_excludes */
    int last_proc;  /* see rt__virtual_touch */
};

/* A task is about to wait for the lock. */
void rt__locks_contended(const void *lock);

/* Up to `most` locks, those held longest first. Valid until rt__locks_release. Returns how many. */
int rt__locks_longest(const struct rt__lock_use *uses[], int most);

/* Forgets all. */
void rt__locks_release(void);

#endif
