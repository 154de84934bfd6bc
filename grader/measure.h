/* measure.h - measures rounds of a shape check until the verdict is clear. */
#ifndef BARISTA_MEASURE_H
#define BARISTA_MEASURE_H

#include "build.h"
#include "run.h"
#include "verdict.h"

/* Measures: in each round oracle, submission at procs=1 and at procs=N, and the calibration kernel on
 * one and on N CPUs, in an order drawn from `seed`, each with a fresh input seed. Every answer is
 * compared with the oracle's: a wrong one ends the measuring. `progress` (may be NULL) gets a line that
 * is rewritten in place.
 * Fills check->evidence, shape, status, reason, message. Returns false when the infrastructure failed. */
bool measure_shape(const struct check *check, const struct build *build, const struct lesson *lesson,
                   const struct cpus *cpus, uint64_t seed, struct check_result *result, FILE *progress,
                   FILE *errors);

#endif
