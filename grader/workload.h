/* workload.h - runs the workloads of the course, which lie in lessons/workloads: on this machine,
 * or in virtual time. */
#ifndef BARISTA_WORKLOAD_H
#define BARISTA_WORKLOAD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cpus.h"

/* The kinds of work that the course tells apart, and one whose parts are of two kinds. X(NAME,
 * "file", "what it is called", picoseconds of a block in virtual time, how much larger it is
 * there) */
#define WORKLOADS(X)                                                                               \
    X(IO_BOUND, "io_bound", "I/O-bound", 16500, 1)                                                 \
    X(CPU_BOUND, "cpu_bound", "CPU-bound", 165000, 10)                                             \
    X(MIXED, "mixed", "mixed", 16500, 1)                                                           \
    X(COORDINATION, "coordination", "coordination-heavy", 1650, 1)                                 \
    X(AMDAHL, "amdahl", "a quarter serial", 165000, 10)

enum workload {
#define WORKLOAD_ENUM(name, file, words, block_ps, size) WORKLOAD_##name,
    WORKLOADS(WORKLOAD_ENUM)
#undef WORKLOAD_ENUM
        WORKLOADS_COUNT
};

enum form { FORM_SEQUENTIAL, FORM_CONCURRENT };

const char *workload_words(enum workload workload);

/* One run of one form. */
struct workload_run {
    double seconds; /* really, or in virtual time */
    char sum[32];   /* what it returned: the same for both forms */
};

/* Runs it on this machine, on the first `procs` of `cpus`. `speed` is what calibrate_speed() says.
 * Returns false after a message on `errors`: then the machine has failed, or the workload is
 * wrong. */
bool workload_measure(enum workload workload, enum form form, int procs, const struct cpus *cpus,
                      double speed, struct workload_run *run, FILE *errors);

/* Runs it in virtual time; false as above. */
bool workload_simulate(enum workload workload, enum form form, int procs, struct workload_run *run,
                       FILE *errors);

#endif
