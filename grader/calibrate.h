/* calibrate.h - times a spin kernel: what this machine can do right now, whatever the
 * submission. */
#ifndef BARISTA_CALIBRATE_H
#define BARISTA_CALIBRATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cpus.h"

/* How many steps the kernel takes in all. */
struct spin {
    uint64_t steps;
};

/* How many of its steps a CPU takes in a second. Goes by CPU time, so that other programs do not
 * disturb it; takes some milliseconds. */
double calibrate_speed(void);

/* Sizes the kernel for this machine: long enough on `procs` CPUs to be timed well. */
struct spin calibrate_size(int procs);

struct spin_time {
    double seconds; /* from the common start to the end of the last */
    double cpu;     /* CPU time of all together */
};

/* Runs all the steps, in equal parts, on the first `procs` CPUs: a process pinned to each. Returns
 * false, after a message on `errors`, when the infrastructure failed. */
bool calibrate_spin(const struct spin *spin, const struct cpus *cpus, int procs,
                    struct spin_time *time, FILE *errors);

#endif
