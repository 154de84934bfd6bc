/* perturb.h - makes rare schedules common, in a build that exists for this (-DRT_PERTURB, `make
 * perturb`).
 *
 * A protocol that threads play goes wrong when one of them is late between two of its steps. Left
 * alone that happens once in a million times; so the places between steps are marked, and in the
 * perturbed build a thread that comes to a mark now and then waits, gives up its CPU or sleeps
 * there. And where the runtime prefers one of several right ways to go on - the warm task first, no
 * wake-up for a conversation - it sometimes takes another. All that may happen in the plain build
 * too; so whatever fails under it is a bug.
 *
 * A seed sets how often, and what each thread draws: RT_PERTURB_SEED, a number. What the kernel
 * does in between is not in the seed. So the same seed makes the same failure likely, not certain.
 *
 * In the plain build the marks are nothing. */
#ifndef RT_PERTURB_H
#define RT_PERTURB_H

#include <stdbool.h>

#if defined(RT_PERTURB)
#define RT__PERTURBED true

/* A thread may be late here. Keeps errno. */
void rt__perturb_delay(void);

/* Whether to take the other way this time; never with one proc, whose order is a promise. */
bool rt__perturb_choice(void);

/* As if the monitor had come by, before the thread leaves the runtime: sometimes the task then
 * yields. */
void rt__perturb_wish(void);

#else
#define RT__PERTURBED false

static inline void rt__perturb_delay(void)
{
}

static inline bool rt__perturb_choice(void)
{
    return false;
}

static inline void rt__perturb_wish(void)
{
}

#endif

#endif
