/* objects.c - a table of objects for each schedule, and the set of shared places. Both by open
 * addressing. */
#include "explore/objects.h"

#include <string.h>

#include "explore/memory.h"
#include "explore/strategy.h"
#include "observe.h"

/* A slot is in use if its generation is the schedule's: so a new schedule has an empty table at no
 * cost. */
struct slot {
    uint64_t generation;
    struct rt__object *object;
};

static struct slot *slots;
static size_t slots_room, slots_used;
static uint64_t generation;
static struct rt__object *last; /* looked up; most calls ask a few times for the same one */

static rt__place *places;
static size_t places_room, places_used;

static struct slot *slot_of(const void *address)
{
    size_t at = (size_t)rt__mix((uintptr_t)address);
    for (;; at++) {
        struct slot *slot = &slots[at & (slots_room - 1)];
        if (slot->generation != generation || slot->object->address == address) {
            return slot;
        }
    }
}

static void grow_slots(void)
{
    struct slot *old = slots;
    size_t old_room = slots_room;
    slots_room = old_room > 0 ? 2 * old_room : 1024;
    slots = rt__kept_realloc(NULL, slots_room * sizeof *slots);
    memset(slots, 0, slots_room * sizeof *slots);
    for (size_t i = 0; i < old_room; i++) {
        if (old[i].generation == generation) {
            *slot_of(old[i].object->address) = old[i];
        }
    }
    __real_free(old);
}

void rt__objects_begin(void)
{
    generation++;
    slots_used = 0;
    last = NULL;
}

struct rt__object *rt__object(const void *address)
{
    if (last != NULL && last->address == address) {
        return last;
    }
    if (2 * slots_used >= slots_room) {
        grow_slots();
    }
    struct slot *slot = slot_of(address);
    if (slot->generation != generation) {
        slots_used++;
        slot->generation = generation;
        slot->object = rt__scratch(sizeof *slot->object);
        slot->object->address = address;
        slot->object->first = RT__NOBODY;
        slot->object->signaled_by = slot->object->tried_by = RT__NOBODY;
    }
    return last = slot->object;
}

const struct rt__object *rt__object_find(const void *address)
{
    const struct slot *slot = slots_room > 0 ? slot_of(address) : NULL;
    return slot != NULL && slot->generation == generation ? slot->object : NULL;
}

void rt__observe_signal(const void *condition, rt_site here)
{
    if (rt__current != RT__NOBODY) {
        struct rt__object *object = rt__object(condition);
        object->signaled_by = rt__current;
        object->signaled_at = here;
    }
}

void rt__observe_in_vain(const void *channel)
{
    if (rt__current != RT__NOBODY) {
        struct rt__object *object = rt__object(channel);
        object->tried_by = rt__current;
        object->tried_at = rt__actors[rt__current].place;
        rt__actors[rt__current].in_vain = channel;
    }
}

bool rt__object_used(const void *address, rt__place place)
{
    if (address == NULL || rt__current == RT__NOBODY) {
        return true;
    }
    struct rt__object *object = rt__object(address);
    if (!object->shared && object->first != rt__current) {
        object->shared = object->first != RT__NOBODY;
        if (object->shared) {
            rt__place_share(object->place);
            rt__place_share(place);
        }
        object->first = rt__current;
    }
    if (object->shared) {
        if (object->place != place) {
            rt__place_share(place);
            object->place = place;
        }
        return true;
    }
    object->place = place;
    return rt__place_shared(place);
}

/* ---- Places ---------------------------------------------------------------------------------- */

static rt__place *place_of(rt__place place)
{
    size_t at = (size_t)rt__mix(place);
    while (places[at & (places_room - 1)] != 0 && places[at & (places_room - 1)] != place) {
        at++;
    }
    return &places[at & (places_room - 1)];
}

static void grow_places(void)
{
    rt__place *old = places;
    size_t old_room = places_room;
    places_room = old_room > 0 ? 2 * old_room : 256;
    places = rt__kept_realloc(NULL, places_room * sizeof *places);
    memset(places, 0, places_room * sizeof *places);
    for (size_t i = 0; i < old_room; i++) {
        if (old[i] != 0) {
            *place_of(old[i]) = old[i];
        }
    }
    __real_free(old);
}

bool rt__place_shared(rt__place place)
{
    return places_room > 0 && *place_of(place) != 0;
}

void rt__place_share(rt__place place)
{
    if (2 * places_used >= places_room) {
        grow_places();
    }
    rt__place *at = place_of(place);
    places_used += *at == 0;
    *at = place;
}
