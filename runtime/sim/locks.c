/* locks.c - a table of locks by address. Locks that were held equally long are ordered by when they were first
 * taken. */
#include "sim/locks.h"

#include "observe.h"
#include "sim/table.h"
#include "sim/virtual.h"

static struct rt__table table = {.record_bytes = sizeof(struct rt__lock_use)};

static struct rt__lock_use *find(const void *lock)
{
    int is_new;
    struct rt__lock_use *use = rt__table_find(&table, lock, &is_new);
    if (is_new) {
        use->site = "";
    }
    return use;
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
