/* touched.c - on which proc each object - channel, wait group, semaphore, ... - was used last, and
 * what it costs when the next use is on another one: its cache lines have to come over. For locks
 * that are taken, locks.c knows. */
#include "sim/touched.h"

#include <stddef.h>

#include "observe.h"
#include "procs.h"
#include "scheduler.h"
#include "sim/table.h"
#include "sim/virtual.h"

struct object {
    const void *address;
    int last_proc; /* see rt__virtual_touch */
};

static struct rt__table objects = {.record_bytes = sizeof(struct object)};

void rt__observe_use(const void *object, rt_site here)
{
    (void)here;
    if (object != NULL && rt__self() != NULL && rt__procs_active() > 1) {
        int is_new;
        struct object *record = rt__table_find(&objects, object, &is_new);
        rt__virtual_touch(&record->last_proc);
    }
}

void rt__touched_release(void)
{
    rt__table_release(&objects);
}
