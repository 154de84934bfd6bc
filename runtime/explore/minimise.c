/* minimise.c - delta debugging (Zeller and Hildebrandt, 2002): leaves out halves, quarters, ...
 * single switches, as long as the finding stays.
 *
 * What is left is minimal in that no single switch more can be left out. Each attempt is a run of
 * the program, so their number is bounded; what takes more is shown as it is by then. */
#include "explore/minimise.h"

#include <stdlib.h>

#include "explore/memory.h"
#include "explore/program.h"
#include "explore/strategy.h"

#define ATTEMPTS_MAX 2000

char *rt__shows(const struct rt__finding *finding, const struct rt__plan *plan,
                const struct rt__switches *switches)
{
    struct rt__plan replay = *plan;
    replay.strategy = RT__REPLAY;
    replay.replay = switches;
    rt__hunt(finding);
    rt__program_run(&replay);
    rt__hunt(NULL);
    return rt__hunt_caught();
}

static bool still_shows(const struct rt__finding *finding, const struct rt__plan *plan,
                        const struct rt__switches *switches)
{
    char *details = rt__shows(finding, plan, switches);
    free(details);
    return details != NULL;
}

/* All but `count` switches from `from` on. */
static void copy_without(struct rt__switches *into, const struct rt__switches *all, int from,
                         int count)
{
    into->count = 0;
    for (int i = 0; i < all->count; i++) {
        if (i < from || i >= from + count) {
            rt__switches_add(into, all->list[i]);
        }
    }
}

static void leave_out(struct rt__finding *finding)
{
    struct rt__switches fewer = {0};
    int attempts = 0;
    for (int size = finding->switches.count; size > 0; size /= 2) {
        bool helped = false;
        for (int from = 0; from < finding->switches.count && attempts < ATTEMPTS_MAX; attempts++) {
            copy_without(&fewer, &finding->switches, from, size);
            if (still_shows(finding, &finding->plan, &fewer)) {
                rt__switches_copy(&finding->switches, &fewer);
                helped = true;
            } else {
                from += size;
            }
        }
        if (helped && size == 1) { /* what was needed for what has gone may go, too */
            size = 2;
        }
    }
    __real_free(fewer.list);
}

bool rt__minimise(struct rt__finding *finding)
{
    if (!still_shows(finding, &finding->plan, &finding->switches)) {
        return false;
    }
    struct rt__plan simpler = finding->plan;
    simpler.seed = 0;
    if (still_shows(finding, &simpler, &finding->switches)) {
        finding->plan.seed = 0;
    }
    leave_out(finding);
    return true;
}
