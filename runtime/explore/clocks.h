/* clocks.h - what comes before what: vector clocks (Fidge, Mattern, 1988).
 *
 * Each task counts its own *epochs*. Its vector says, for each task, up to which epoch of that one
 * all has happened before its own next step. An edge from one task to another is a maximum of
 * vectors; whoever gives away its vector begins a new epoch, so that what it does afterwards is not
 * covered. A step of task t in epoch e comes before what task u does next exactly if e <= u's
 * vector[t]. */
#ifndef RT_EXPLORE_CLOCKS_H
#define RT_EXPLORE_CLOCKS_H

#include "explore/schedule.h"

struct rt__vector {
    uint32_t count, room;
    uint32_t *epochs; /* zero from count on */
};

static inline uint32_t rt__vector_at(const struct rt__vector *vector, rt__actor_id id)
{
    return id < vector->count ? vector->epochs[id] : 0;
}

/* A copy that stays until the schedule ends. */
struct rt__vector *rt__vector_copy(const struct rt__vector *vector);

/* The running task has made this one. It has readied that one. */
void rt__clocks_spawned(rt__actor_id id);
void rt__clocks_ready(rt__actor_id id);

/* The running task gives its vector to *at (NULL: nothing yet), or takes what is there. */
void rt__clocks_release(struct rt__vector **at);
void rt__clocks_acquire(const struct rt__vector *at);

/* For atomics, after C11: a load takes what was released there, at once or at the next fence that
 * acquires. A store puts what it releases - itself, or by a fence before - in the place of what
 * others did; what only modifies adds to it. */
void rt__clocks_load(const void *at, bool acquires);
void rt__clocks_store(const void *at, bool releases);
void rt__clocks_modify(const void *at, bool releases);
void rt__clocks_fence(bool acquires, bool releases);

#endif
