/* locks.c - a hash table of locks by address (open addressing). What comes out never depends on addresses:
 * locks that were held equally long are ordered by when they were first taken. */
#include "sim/locks.h"

#include <stdlib.h>
#include <string.h>

#include "observe.h"
#include "report.h"
#include "sim/virtual.h"

static struct rt__lock_use *table; /* in the order of first use: */
static int *places;                /* hash -> index in table, + 1; 0: empty */
static int count, capacity;        /* of table; places has twice as many */

static int *place_of(const void *lock)
{
    size_t hash = (size_t)((uintptr_t)lock / sizeof(void *) * 0x9e3779b97f4a7c15U >> 20);
    size_t mask = 2 * (size_t)capacity - 1;
    while (places[hash & mask] != 0 && table[places[hash & mask] - 1].lock != lock) {
        hash++;
    }
    return &places[hash & mask];
}

static void grow(void)
{
    capacity = capacity > 0 ? 2 * capacity : 64;
    free(places);
    table = realloc(table, (size_t)capacity * sizeof *table);
    places = calloc(2 * (size_t)capacity, sizeof *places);
    if (table == NULL || places == NULL) {
        rt__report_no_memory("the account of locks");
    }
    for (int i = 0; i < count; i++) {
        *place_of(table[i].lock) = i + 1;
    }
}

static struct rt__lock_use *find(const void *lock)
{
    if (count == capacity) {
        grow();
    }
    int *place = place_of(lock);
    if (*place == 0) {
        table[count] = (struct rt__lock_use){.lock = lock, .site = ""};
        *place = ++count;
    }
    return &table[*place - 1];
}

void rt__observe_lock(const void *lock, bool shared, rt_site here)
{
    struct rt__lock_use *use = find(lock);
    (void)shared;
    if (use->taken++ == 0) {
        use->site = here;
    }
    rt__virtual_touch(&use->last_proc);
    if (use->holders++ == 0) {
        use->taken_at = rt__virtual_now();
    }
}

void rt__observe_unlock(const void *lock)
{
    struct rt__lock_use *use = find(lock);
    if (use->holders > 0 && --use->holders == 0) {
        use->held_ps += rt__virtual_now() - use->taken_at;
    }
}

void rt__locks_contended(const void *lock)
{
    find(lock)->contended++;
}

/* Which comes before which is nothing to virtual time. */
void rt__observe_release(const void *at)
{
    (void)at;
}

void rt__observe_acquire(const void *at)
{
    (void)at;
}

int rt__locks_longest(const struct rt__lock_use *uses[], int most)
{
    int found = 0;
    for (int i = 0; i < count; i++) {
        int at = found < most ? found++ : found;
        while (at > 0 && uses[at - 1]->held_ps < table[i].held_ps) {
            if (at < most) {
                uses[at] = uses[at - 1];
            }
            at--;
        }
        if (at < most) {
            uses[at] = &table[i];
        }
    }
    return found;
}

void rt__locks_release(void)
{
    free(table);
    free(places);
    table = NULL;
    places = NULL;
    count = capacity = 0;
}
