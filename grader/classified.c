/* classified.c - from the figures of a function to its kind, and to what would help it.
 *
 * The kind comes from how the function spends its time alone. What tasks and procs would do is
 * measured, not derived: so the two can contradict each other, and where they do, there is
 * something to learn. A function that waits, and whose waits do not overlap, waits in calls that
 * hold the thread; one that computes, and is no faster on several procs, is held up by what its
 * copies share. */
#include "classify.h"

/* The course's classes: nine tenths and more of the time. Less is a mixture only where it is worth
 * anything. */
#define MOSTLY 0.85

/* Of all waits that could overlap, so many do, or they don't. */
#define OVERLAPPED_LEAST 0.5

/* With less of N CPUs to be had, it is no wonder if nothing is faster. */
#define ACHIEVABLE_LEAST 0.75

/* Where not even so much could come of more procs, that nothing comes of them says nothing. */
#define POSSIBLE_LEAST 1.5

static enum bound bound_of(const struct classify_figures *figures)
{
    if (figures->waiting >= MOSTLY)
        return BOUND_IO;
    return figures->waiting <= 1 - MOSTLY ? BOUND_CPU : BOUND_MIXED;
}

/* How much of the waiting, but for one copy's, has gone on one proc. */
static double overlapped(const struct classify_figures *figures)
{
    double could = figures->waiting * (figures->copies - 1) / figures->copies;
    return (1 - 1 / figures->gain_one) / could;
}

static enum concurrency concurrency_of(const struct classify_figures *figures, enum bound bound)
{
    if (bound == BOUND_CPU)
        return CONCURRENCY_NOTHING_TO_OVERLAP;
    return overlapped(figures) < OVERLAPPED_LEAST ? CONCURRENCY_BLOCKED : CONCURRENCY_HELPS;
}

/* The speedup that so many copies could have: a wait, and the computing of all of them, shared or
 * not. */
static double possible(const struct classify_figures *figures)
{
    double computing = figures->copies * (1 - figures->waiting);
    return (figures->waiting + computing) / (figures->waiting + computing / figures->procs);
}

static enum parallelism parallelism_of(const struct classify_figures *figures, enum bound bound)
{
    if (figures->procs < 2)
        return bound == BOUND_IO ? PARALLELISM_NOTHING_TO_SHARE : PARALLELISM_UNKNOWN;
    if (bound == BOUND_IO)
        return PARALLELISM_NOTHING_TO_SHARE;
    if (figures->speedup >= CLASSIFY_FASTER)
        return PARALLELISM_HELPS;
    bool could = figures->achievable >= ACHIEVABLE_LEAST * figures->procs &&
                 possible(figures) >= POSSIBLE_LEAST;
    return could ? PARALLELISM_HELD_UP : PARALLELISM_UNKNOWN;
}

struct classification classify(const struct classify_figures *figures)
{
    enum bound bound = bound_of(figures);
    return (struct classification){bound, concurrency_of(figures, bound),
                                   parallelism_of(figures, bound)};
}
