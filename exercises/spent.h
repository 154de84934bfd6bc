/* spent.h - what a piece of a program takes, apart from what other programs do to it: for harnesses
 * that measure. */
#ifndef SPENT_H
#define SPENT_H

#include <stdint.h>

/* A moment, or what has passed since one. Nanoseconds. */
struct spent {
    int64_t clock_ns;    /* on the clock */
    int64_t computed_ns; /* of computing, on all CPUs together */
    int64_t
        queued_ns; /* standing in line for a CPU that others had, all workers together; 0 where the
                          * kernel does not tell */
};

/* Now. */
struct spent spent_now(void);

/* Since a moment. */
struct spent spent_since(const struct spent *begun);

#endif
