/* measure.h - the real half of the shape check: measures rounds until the verdict is clear. */
#ifndef BARISTA_MEASURE_H
#define BARISTA_MEASURE_H

#include "trial.h"

/* Who knows whether the submission's shape fails in virtual time. `fails` is asked at most once,
 * when the rounds lean that way, and may take seconds; NULL: nobody knows. */
struct witness {
    bool (*fails)(void *context);
    void *context;
};

/* Measures: in each round oracle, submission at procs=1 and at procs=N, and the calibration
 * kernel on one and on N CPUs, in an order and with an input drawn from `seed`; what no open
 * question needs is left out. All answers are compared: a wrong one ends the measuring.
 * `progress` (may be NULL) gets a line that is rewritten in place and erased at the end. Fills
 * result->evidence and result->shape, and settles `result`. Returns false, after a message on
 * `errors`, when the infrastructure failed. */
bool measure_shape(const struct trial *trial, uint64_t seed, struct check_result *result,
                   const struct witness *witness, FILE *progress, FILE *errors);

/* The reason that goes with a decided shape. */
enum reason measure_reason(const struct check *check, const struct shape_verdict *shape);

#endif
