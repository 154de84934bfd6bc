/* locks.h - who holds which lock, and in which orders locks are taken.
 *
 * A deadlock needs a cycle: one task holds a and wants b, another one holds b and wants a. That
 * both orders occur can be seen in a schedule in which nothing blocks; it is a bug unless the two
 * can't meet: because one task does both, because a third lock guards both, because one comes
 * before the other, or because each lock is only read by one of them. (Goodlock: Havelund, 2000.)
 *
 * Before and after are meant without the locks, which order any two that use them in any one
 * schedule. So cycles are looked for in schedules of their own (rt__plan.ignore_locks), where locks
 * are no edges, and data races can't be looked for. */
#ifndef RT_EXPLORE_LOCKS_H
#define RT_EXPLORE_LOCKS_H

#include "explore/schedule.h"
#include "task.h"

struct rt__held {
    struct rt__held *next;
    const void *lock;
    bool shared;
    rt_site site; /* where it was taken */
};

/* A schedule begins. */
void rt__locks_begin(void);

/* Whether a wait of this kind is one for a lock, and locks are no edges in this schedule. */
bool rt__locks_ignored(enum rt__wait wait);

/* The lock as this actor holds it, NULL if it doesn't. */
const struct rt__held *rt__lock_held_by(rt__actor_id id, const void *lock);

#endif
