/* accesses.c - for each eight bytes of memory, the accesses that a later one could race with.
 *
 * A list has an entry for each of the last accesses, by task, kind, and which of the eight bytes.
 * An old access is dropped when a new one comes after it and stands for it: whoever races with the
 * old one later races with the new one, too. So lists are as short as in FastTrack (Flanagan and
 * Freund, 2009), mostly one entry, and nothing is forgotten that a race could be found by. */
#include "explore/accesses.h"

#include <string.h>

#include "explore/clocks.h"
#include "explore/found.h"
#include "explore/memory.h"
#include "explore/objects.h"
#include "explore/program.h"
#include "explore/strategy.h"

struct access {
    uint32_t place; /* from the program's begin */
    uint32_t epoch;
    uint16_t actor;
    uint8_t mask; /* which of the bytes */
    uint8_t how;
};

struct granule {
    uint64_t schedule; /* the list is of that one, and void in others */
    struct access *list;
    uint16_t count, room;
};

#define GRANULE_BYTES 8
#define PAGE_BYTES 4096
#define PAGE_GRANULES (PAGE_BYTES / GRANULE_BYTES)

struct page {
    uintptr_t number; /* address / PAGE_BYTES */
    struct granule granules[PAGE_GRANULES];
};

static struct page **pages; /* by open addressing */
static size_t pages_room, pages_count;
static struct page *last_page;
static uint64_t schedule;

void rt__accesses_begin(void)
{
    schedule++;
}

/* ---- Finding the granule --------------------------------------------------------------------- */

static struct page **page_slot(uintptr_t number)
{
    size_t at = (size_t)rt__mix(number) & (pages_room - 1);
    while (pages[at] != NULL && pages[at]->number != number) {
        at = (at + 1) & (pages_room - 1);
    }
    return &pages[at];
}

static void grow(void)
{
    struct page **old = pages;
    size_t old_room = pages_room;
    pages_room = old_room > 0 ? 2 * old_room : 256;
    pages = rt__kept_realloc(NULL, pages_room * sizeof *pages);
    memset(pages, 0, pages_room * sizeof *pages);
    for (size_t i = 0; i < old_room; i++) {
        if (old[i] != NULL) {
            *page_slot(old[i]->number) = old[i];
        }
    }
    __real_free(old);
}

static struct page *page_of(uintptr_t number)
{
    if (last_page != NULL && last_page->number == number) {
        return last_page;
    }
    if (2 * pages_count >= pages_room) {
        grow();
    }
    struct page **slot = page_slot(number);
    if (*slot == NULL) {
        *slot = rt__kept_realloc(NULL, sizeof **slot);
        memset(*slot, 0, sizeof **slot);
        (*slot)->number = number;
        pages_count++;
    }
    return last_page = *slot;
}

static struct granule *granule_of(uintptr_t address)
{
    struct page *page = page_of(address / PAGE_BYTES);
    struct granule *granule = &page->granules[address / GRANULE_BYTES % PAGE_GRANULES];
    if (granule->schedule != schedule) {
        *granule = (struct granule){.schedule = schedule};
    }
    return granule;
}

static void append(struct granule *granule, struct access access)
{
    if (granule->count == granule->room) {
        uint16_t room = granule->room > 0 ? (uint16_t)(2 * granule->room) : 4;
        struct access *list = rt__scratch(room * sizeof *list);
        memcpy(list, granule->list, granule->count * sizeof *list);
        granule->list = list;
        granule->room = room;
    }
    granule->list[granule->count++] = access;
}

/* ---- Races ----------------------------------------------------------------------------------- */

static bool conflict(unsigned one, unsigned other)
{
    return ((one | other) & RT__WRITES) != 0 && (one & other & RT__ATOMIC) == 0;
}

/* Whether all that conflicts with the first kind conflicts with the second. */
static bool stands_for(unsigned old, unsigned new)
{
    return (new &RT__WRITES) >= (old & RT__WRITES) && (new &RT__ATOMIC) <= (old & RT__ATOMIC);
}

static void race(uintptr_t granule, const struct access *before, const struct access *now)
{
    unsigned first_byte = (unsigned)__builtin_ctz(before->mask & now->mask);
    struct rt__race race = {
        .address = granule * GRANULE_BYTES + first_byte,
        .sides = {{before->actor, before->place + rt__program_base(), before->how},
                  {now->actor, now->place + rt__program_base(), now->how}},
    };
    rt__place_share(race.sides[0].place);
    rt__place_share(race.sides[1].place);
    rt__found_race(&race);
}

/* Whether an earlier access of the same task in the same epoch says all that this one would. */
static bool is_known(const struct granule *granule, const struct access *now)
{
    for (int i = 0; i < granule->count; i++) {
        const struct access *it = &granule->list[i];
        if (it->actor == now->actor && it->epoch == now->epoch && (now->mask & ~it->mask) == 0 &&
            stands_for(now->how, it->how)) {
            return true;
        }
    }
    return false;
}

static void note(uintptr_t number, const struct access *now)
{
    struct granule *granule = granule_of(number * GRANULE_BYTES);
    const struct rt__vector *time = rt__actors[now->actor].time;
    if (is_known(granule, now)) {
        return;
    }
    uint16_t kept = 0;
    bool shared = false;
    for (uint16_t i = 0; i < granule->count; i++) {
        struct access it = granule->list[i];
        bool overlaps = (it.mask & now->mask) != 0;
        bool before = it.actor == now->actor || it.epoch <= rt__vector_at(time, it.actor);
        shared = shared || (overlaps && it.actor != now->actor);
        if (overlaps && !before && conflict(it.how, now->how)) {
            race(number, &it, now);
        }
        if (!(before && (it.mask & ~now->mask) == 0 && stands_for(it.how, now->how))) {
            granule->list[kept++] = it;
        }
    }
    granule->count = kept;
    append(granule, *now);
    if (shared) {
        rt__place_share(now->place + rt__program_base());
    }
}

void rt__access(uintptr_t address, size_t bytes, unsigned how, rt__place place)
{
    if (rt__current == RT__NOBODY || rt__schedule.plan.ignore_locks) {
        return;
    }
    struct access access = {
        .place = (uint32_t)rt__program_offset(place),
        .epoch = rt__vector_at(rt__actors[rt__current].time, rt__current),
        .actor = (uint16_t)rt__current,
        .how = (uint8_t)how,
    };
    uintptr_t end = address + bytes;
    while (address < end) {
        uintptr_t granule = address / GRANULE_BYTES;
        uintptr_t next = (granule + 1) * GRANULE_BYTES;
        uintptr_t stop = next < end ? next : end;
        access.mask = (uint8_t)(((1U << (stop - address)) - 1) << address % GRANULE_BYTES);
        note(granule, &access);
        address = stop;
    }
}
