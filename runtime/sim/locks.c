/* locks.c - a table of locks by address. Locks that were held equally long are ordered by when they
 * were first taken. */
#include "sim/locks.h"

#include <stdlib.h>
#include <string.h>

#include "observe.h"
#include "sim/table.h"
#include "sim/virtual.h"

static struct rt__table table = {.record_bytes = sizeof(struct rt__lock_use)};

/* RT_SIM_WITHOUT=FILE:LINE[,...] names locks by where they are first taken, `all` all of them. */
static bool is_ignored(rt_site site)
{
    const char *wish = getenv("RT_SIM_WITHOUT");
    size_t length = strlen(site);
    while (wish != NULL && *wish != '\0') {
        size_t its = strcspn(wish, ",");
        if ((its == 3 && strncmp(wish, "all", 3) == 0) ||
            (its == length && strncmp(wish, site, length) == 0)) {
            return true;
        }
        wish += its + (wish[its] == ',');
    }
    return false;
}

static struct rt__lock_use *find(const void *lock, rt_site here)
{
    int is_new;
    struct rt__lock_use *use = rt__table_find(&table, lock, &is_new);
    if (is_new) {
        use->site = here;
        use->ignored = is_ignored(here);
    }
    return use;
}

static int place_of(struct rt__lock_use *use, rt_site here)
{
    int i = 0;
    while (i < RT__LOCK_PLACES && use->places[i].site != NULL && use->places[i].site != here) {
        i++;
    }
    if (i < RT__LOCK_PLACES) {
        use->places[i].site = here;
    }
    return i;
}

bool rt__observe_excludes(const void *lock, rt_site here)
{
    return !find(lock, here)->ignored;
}

void rt__observe_lock(const void *lock, bool shared, rt_site here)
{
    struct rt__lock_use *use = find(lock, here);
    (void)shared;
    use->taken++;
    rt__virtual_touch(&use->last_proc);
    if (use->holders++ == 0) {
        use->taken_at = rt__virtual_now();
        use->taken_by = place_of(use, here);
    }
}

void rt__observe_unlock(const void *lock)
{
    struct rt__lock_use *use = find(lock, "");
    if (use->holders == 0) {
        use->is_signal = true;
    } else if (--use->holders == 0) {
        int64_t held_ps = rt__virtual_now() - use->taken_at;
        use->held_ps += held_ps;
        if (use->taken_by < RT__LOCK_PLACES) {
            use->places[use->taken_by].held_ps += held_ps;
        }
    }
}

rt_site rt__locks_held_at(const struct rt__lock_use *use)
{
    const struct rt__lock_place *longest = &use->places[0];
    for (int i = 1; i < RT__LOCK_PLACES; i++) {
        if (use->places[i].held_ps > longest->held_ps) {
            longest = &use->places[i];
        }
    }
    return longest->site != NULL ? longest->site : use->site;
}

void rt__locks_contended(const void *lock)
{
    find(lock, "")->contended++;
}

int rt__locks_longest(const struct rt__lock_use *uses[], int most)
{
    int found = 0;
    for (int i = 0; i < table.count; i++) {
        const struct rt__lock_use *use = rt__table_record(&table, i);
        int at = found < most ? found++ : found;
        for (; at > 0 && uses[at - 1]->held_ps < use->held_ps; at--) {
            if (at < most) {
                uses[at] = uses[at - 1];
            }
        }
        if (at < most) {
            uses[at] = use;
        }
    }
    return found;
}

void rt__locks_release(void)
{
    rt__table_release(&table);
}
