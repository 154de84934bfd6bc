/* traced.h - runs a submission once and records what its tasks did, really or in virtual time. */
#ifndef BARISTA_TRACED_H
#define BARISTA_TRACED_H

#include "simulate.h"
#include "trace.h"

/* Runs it on `procs`. `real`: the build is BUILD_REAL. When the program ends badly, or leaves no
 * trace, returns false and sets *bad, which the caller releases; when the infrastructure failed,
 * returns false after a message on `errors`, with bad->reason REASON_NONE. */
bool traced_run(const struct simulation *simulation, bool real, int procs, struct trace *trace,
                struct run *bad, FILE *errors);

#endif
