/* machine.h - what the machine did while a round was measured, and what machine it is. */
#ifndef BARISTA_MACHINE_H
#define BARISTA_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "cpus.h"

/* Counters of the kernel at one moment; only differences of two samples mean anything. */
struct machine_sample {
    uint64_t stolen;    /* clock ticks that the hypervisor took from these CPUs */
    uint64_t ticks;     /* all clock ticks of these CPUs */
    uint64_t throttled; /* periods in which the control group had used up its CPU quota */
};

/* Reads the counters for the CPUs in `cpus`. `root` is "" (tests give a folder of prepared
 * files: every path is read below it). What this machine does not tell stays 0: it then drops no
 * round. */
struct machine_sample machine_sample_take(const char *root, const struct cpus *cpus);

/* What happened between two samples. */
double machine_steal(const struct machine_sample *before, const struct machine_sample *after);
bool machine_throttled(const struct machine_sample *before, const struct machine_sample *after);

/* The model of the CPU as the kernel names it, or "unknown". The caller owns it. */
char *machine_cpu_model(const char *root);

/* Sorts CPUs so that the first n of them lie on as many cores as possible: siblings
 * (hyperthreads) of a core share its arithmetic, so two of them give a speedup far below 2. */
void machine_spread_over_cores(const char *root, struct cpus *cpus);

#endif
