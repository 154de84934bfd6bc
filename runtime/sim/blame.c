/* blame.c - the accounts of places. See blame.h. */
#include "sim/blame.h"

#include <string.h>

#include "scheduler.h"
#include "sim/ledger.h"
#include "sim/table.h"

static struct rt__table table = {.record_bytes = sizeof(struct rt__place)};

struct rt__place *rt__blame(const void *key)
{
    int is_new;
    return rt__table_find(&table, key, &is_new);
}

/* The student's code is built with frame pointers. The last address is in the runtime, which called
 * the task's function. */
static int walk(const char *frame, const char *code[])
{
    const char *end = rt__self()->stack;
    int count = 0;
    while (count < RT__PLACE_FRAMES && frame + 2 * sizeof(void *) <= end &&
           (uintptr_t)frame % sizeof(void *) == 0) {
        const char *const *words = (const char *const *)(const void *)frame;
        code[count++] = words[1];
        if (words[0] <= frame) {
            break;
        }
        frame = words[0];
    }
    return count;
}

struct rt__place *rt__blame_code(const void *frame)
{
    const char *code[RT__PLACE_FRAMES] = {NULL};
    int frames = walk(frame, code), is_new;
    uint64_t key = UINT64_C(14695981039346656037); /* FNV-1a, over addresses */
    for (int i = 0; i < frames; i++) {
        key = (key ^ (uintptr_t)code[i]) * UINT64_C(1099511628211);
    }
    struct rt__place *place = rt__table_find(&table, (const void *)(uintptr_t)key, &is_new);
    if (is_new) {
        place->frames = frames;
        memcpy(place->code, code, sizeof code);
    }
    return place;
}

void rt__blame_runnable(const struct rt__task *task, int change)
{
    struct rt__place *place = rt__blame(task->spawned_at);
    place->runnable += change;
    if (place->runnable > place->runnable_most) {
        place->runnable_most = place->runnable;
    }
}

void rt__blame_awaited(int64_t lost_ps)
{
    for (int i = 0; i < table.count; i++) {
        struct rt__place *place = rt__table_record(&table, i);
        place->awaited_ps += place->waiting_here * lost_ps;
    }
}

void rt__blame_waits(const struct rt__task *task, int change)
{
    if (task->wait == RT__WAIT_NONE) {
        return;
    }
    if (!rt__wait_is_sleep(task->wait)) {
        rt__blame(task->wait_site)->waiting_here += change;
    }
    if (task->wait != RT__WAIT_CHAN_RECV && task->wait != RT__WAIT_SELECT) {
        return;
    }
    struct rt__place *place = rt__blame(task->spawned_at);
    place->waiting += change;
    if (change > 0) {
        bool alike = place->waiting == 1 || place->awaited == task->wait_object;
        place->awaited = alike ? task->wait_object : NULL;
    }
}

void rt__blame_passed(const struct rt__task *task, const struct rt__task *waker)
{
    if (task->wait != RT__WAIT_CHAN_RECV || waker == NULL ||
        waker->spawned_at != task->spawned_at) {
        return;
    }
    struct rt__place *place = rt__blame(task->spawned_at);
    if (place->awaited != NULL) {
        place->passed++;
        place->passed_at = task->wait_site;
    }
}

void rt__blame_ended(const struct rt__task *task)
{
    struct rt__place *place = rt__blame(task->spawned_at);
    place->work_ps += task->work_ps;
    if (task->work_ps > place->work_most_ps) {
        place->work_most_ps = task->work_ps;
    }
}

void rt__blame_alone(const struct rt__task *task, int64_t lost_ps)
{
    struct rt__place *place = rt__blame(task->spawned_at);
    place->alone_ps += lost_ps;
    place->chained_ps += place->waiting > 0 ? lost_ps : 0;
}

static int64_t weight(const struct rt__place *place)
{
    int64_t weight = place->overhead_ps;
    weight = place->alone_ps > weight ? place->alone_ps : weight;
    weight = place->wait_ps > weight ? place->wait_ps : weight;
    weight = place->awaited_ps > weight ? place->awaited_ps : weight;
    return place->computed_ps > weight ? place->computed_ps : weight;
}

/* Insertion into a short list, sites and code each by its own. */
static int worst_of(bool is_code, const struct rt__place *places[], int most)
{
    int found = 0;
    for (int i = 0; i < table.count; i++) {
        const struct rt__place *place = rt__table_record(&table, i);
        if ((place->frames > 0) != is_code || weight(place) == 0) {
            continue;
        }
        int at = found < most ? found++ : most;
        for (; at > 0 && weight(places[at - 1]) < weight(place); at--) {
            if (at < most) {
                places[at] = places[at - 1];
            }
        }
        if (at < most) {
            places[at] = place;
        }
    }
    return found;
}

int rt__blame_worst(const struct rt__place *places[], int most)
{
    int sites = worst_of(false, places, most / 2);
    return sites + worst_of(true, places + sites, most - sites);
}

void rt__blame_release(void)
{
    rt__table_release(&table);
}
