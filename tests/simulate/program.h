/* program.h - what each program of the validation defines, and something to compute.
 *
 * A program is one file in programs/. It is built twice from the same source: with the real
 * runtime, and for virtual time. main.c runs it as the main task and says how long that took. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdint.h>

#include "rt.h"

/* The program. `percent` is how much of it to do: 100 takes some tenths of a second on one proc.
 * Returns a number that depends on all that was computed, and on nothing else: the same on any
 * number of procs. */
uint64_t program(int percent);

/* `steps` steps, each of which needs the one before: nothing can be vectorised, cached or left
 * out. */
static inline uint64_t chain(uint64_t seed, int64_t steps)
{
    uint64_t x = seed;
    for (int64_t i = 0; i < steps; i++) {
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + seed;
    }
    return x;
}

/* A fresh random number of a stream that begins with any seed (splitmix64). */
static inline uint64_t draw(uint64_t *stream)
{
    uint64_t z = *stream += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

#endif
