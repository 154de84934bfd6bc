/* clocks.c - vector clocks, and the edges that the runtime tells (observe.h). */
#include "explore/clocks.h"

#include <string.h>

#include "explore/memory.h"
#include "explore/objects.h"
#include "observe.h"
#include "task.h"

static void make_room(struct rt__vector *vector, uint32_t count)
{
    if (count > vector->room) {
        uint32_t room = count < 12 ? 16 : 2 * count;
        uint32_t *epochs = rt__scratch(room * sizeof *epochs);
        if (vector->count > 0) {
            memcpy(epochs, vector->epochs, vector->count * sizeof *epochs);
        }
        vector->epochs = epochs;
        vector->room = room;
    }
    if (count > vector->count) {
        vector->count = count;
    }
}

static void join(struct rt__vector **into, const struct rt__vector *from)
{
    if (*into == NULL) {
        *into = rt__scratch(sizeof **into);
    }
    if (from->count > (*into)->count) {
        make_room(*into, from->count);
    }
    uint32_t *epochs = (*into)->epochs;
    for (uint32_t i = 0; i < from->count; i++) {
        epochs[i] = epochs[i] > from->epochs[i] ? epochs[i] : from->epochs[i];
    }
}

struct rt__vector *rt__vector_copy(const struct rt__vector *vector)
{
    struct rt__vector *copy = NULL;
    join(&copy, vector);
    return copy;
}

static void release_of(rt__actor_id id, struct rt__vector **at)
{
    join(at, rt__actors[id].time);
    rt__actors[id].time->epochs[id]++;
}

void rt__clocks_release(struct rt__vector **at)
{
    release_of(rt__current, at);
}

void rt__clocks_acquire(const struct rt__vector *at)
{
    if (at != NULL) {
        join(&rt__actors[rt__current].time, at);
    }
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

void rt__clocks_spawned(rt__actor_id id)
{
    struct rt__vector *time = rt__scratch(sizeof *time);
    if (rt__current != RT__NOBODY) {
        release_of(rt__current, &time);
    }
    make_room(time, id + 1);
    time->epochs[id] = 1;
    rt__actors[id].time = time;
}

void rt__clocks_ready(rt__actor_id id)
{
    release_of(rt__current, &rt__actors[id].time);
}

/* ---- Objects of the runtime ------------------------------------------------------------------ */

void rt__observe_release(const void *at)
{
    if (rt__current != RT__NOBODY) {
        release_of(rt__current, &rt__object(at)->time);
    }
}

void rt__observe_acquire(const void *at)
{
    if (rt__current != RT__NOBODY) {
        rt__clocks_acquire(rt__object(at)->time);
    }
}

void rt__observe_release_of(const struct rt__task *parked, const void *at)
{
    release_of((rt__actor_id)parked->id, &rt__object(at)->time);
}

void rt__observe_meet(const struct rt__task *parked)
{
    if (rt__current != RT__NOBODY) {
        release_of((rt__actor_id)parked->id, &rt__actors[rt__current].time);
    }
}

/* ---- Atomics --------------------------------------------------------------------------------- */

void rt__clocks_load(const void *at, bool acquires)
{
    struct rt__actor *self = &rt__actors[rt__current];
    const struct rt__vector *released = rt__object(at)->time;
    if (released != NULL) {
        join(acquires ? &self->time : &self->seen, released);
    }
}

void rt__clocks_store(const void *at, bool releases)
{
    rt__object(at)->time = NULL;
    rt__clocks_modify(at, releases);
}

void rt__clocks_modify(const void *at, bool releases)
{
    const struct rt__vector *fenced = rt__actors[rt__current].fenced;
    if (releases) {
        release_of(rt__current, &rt__object(at)->time);
    } else if (fenced != NULL) {
        join(&rt__object(at)->time, fenced);
    }
}

void rt__clocks_fence(bool acquires, bool releases)
{
    struct rt__actor *self = &rt__actors[rt__current];
    if (acquires && self->seen != NULL) {
        join(&self->time, self->seen);
    }
    if (releases) {
        self->fenced = NULL;
        release_of(rt__current, &self->fenced);
    }
}
