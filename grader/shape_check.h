/* shape_check.h - the shape check: real rounds (measure.h), and what virtual time has to say about
 * it.
 *
 * A shape whose rounds are all bad is failed sooner if it fails in virtual time, too (verdict.h).
 * One that passes here though its speedup on as many virtual procs clearly fails does fail: a
 * machine can be too kind. A shape that the machine left open - too busy, too few CPUs - is decided
 * there if it clearly fails: the speedup on many virtual procs is the same on every machine, so a
 * busy machine protects nobody. It is never passed there: the figures come out of the submission's
 * own process, and a submission that forges them gets what an open shape gets anyway, and no more.
 *
 * A shape that fails, either way, is told why (investigate.h). */
#ifndef BARISTA_SHAPE_CHECK_H
#define BARISTA_SHAPE_CHECK_H

#include "submission.h"
#include "trial.h"

/* Measures, asks virtual time if the lesson has costs for it, and settles `check`, as measure_shape
 * does, whose arguments and result these are. If virtual time can't tell - the submission ends
 * badly there, or anything goes wrong on our side - it has no say. Takes some tenths of a second
 * more than the rounds where the shape passes. */
bool shape_decide(const struct trial *trial, const struct submission *submission, uint64_t seed,
                  struct check_result *check, FILE *progress, FILE *errors);

/* Decides, and looks for the cause of a failure, which takes seconds. */
bool shape_check(const struct trial *trial, const struct submission *submission, uint64_t seed,
                 struct check_result *check, FILE *progress, FILE *errors);

#endif
