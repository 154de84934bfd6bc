/* objects.h - what tasks share: channels, locks, atomics, by their addresses; and where two tasks
 * have been seen to use the same one.
 *
 * Objects are known for one schedule, places in the program for good: a place - a call of the
 * runtime, or an access - is *shared* once it has touched what another task touched, too. Only
 * there can the order of steps matter. */
#ifndef RT_EXPLORE_OBJECTS_H
#define RT_EXPLORE_OBJECTS_H

#include <stdbool.h>

#include "explore/schedule.h"

struct rt__object {
    const void *address;
    rt__actor_id first;              /* who used it first; RT__NOBODY: nobody yet */
    bool shared;                     /* another one did, too */
    rt__place place;                 /* where it was last used */
    struct rt__vector *time;         /* what comes before those that acquire it; NULL: nothing */
    struct rt__vector *readers_time; /* locks: what comes before those that write */
    rt__actor_id signaled_by;        /* conditions: who woke others last; RT__NOBODY: nobody has */
    rt_site signaled_at;
    rt__actor_id tried_by; /* channels: who tried last to send or receive, and could not */
    rt__place tried_at;
};

/* A schedule begins: no objects. */
void rt__objects_begin(void);

/* The object at this address: found or made. It stays where it is until the schedule ends. */
struct rt__object *rt__object(const void *address);

/* NULL if it is not known. */
const struct rt__object *rt__object_find(const void *address);

/* The running task uses an object at a place. Whether the place is shared. NULL is. */
bool rt__object_used(const void *address, rt__place place);

/* Places: an address in the program's code, or a site. */
bool rt__place_shared(rt__place place);
void rt__place_share(rt__place place);

#endif
