/* blame.c - the accounts of places. See blame.h. */
#include "sim/blame.h"

#include "sim/table.h"

static struct rt__table table = {.record_bytes = sizeof(struct rt__place)};

struct rt__place *rt__blame(const void *key, bool is_code)
{
    int is_new;
    struct rt__place *place = rt__table_find(&table, key, &is_new);
    place->is_code = is_code;
    return place;
}

void rt__blame_runnable(const struct rt__task *task, int change)
{
    struct rt__place *place = rt__blame(task->spawned_at, false);
    place->runnable += change;
    if (place->runnable > place->runnable_most) {
        place->runnable_most = place->runnable;
    }
}

void rt__blame_waits(const struct rt__task *task, int change)
{
    if (task->wait == RT__WAIT_CHAN_RECV || task->wait == RT__WAIT_SELECT) {
        rt__blame(task->spawned_at, false)->waiting += change;
    }
}

void rt__blame_ended(const struct rt__task *task)
{
    struct rt__place *place = rt__blame(task->spawned_at, false);
    place->work_ps += task->work_ps;
    if (task->work_ps > place->work_most_ps) {
        place->work_most_ps = task->work_ps;
    }
}

void rt__blame_alone(const struct rt__task *task, int64_t lost_ps)
{
    struct rt__place *place = rt__blame(task->spawned_at, false);
    place->alone_ps += lost_ps;
    place->chained_ps += place->waiting > 0 ? lost_ps : 0;
}

static int64_t weight(const struct rt__place *place)
{
    int64_t weight = place->overhead_ps;
    weight = place->alone_ps > weight ? place->alone_ps : weight;
    weight = place->wait_ps > weight ? place->wait_ps : weight;
    return place->computed_ps > weight ? place->computed_ps : weight;
}

/* Insertion into a short list, sites and code each by its own. */
static int worst_of(bool is_code, const struct rt__place *places[], int most)
{
    int found = 0;
    for (int i = 0; i < table.count; i++) {
        const struct rt__place *place = rt__table_record(&table, i);
        if (place->is_code != is_code || weight(place) == 0) {
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
