/* answer.h - the answer check: many fresh inputs, each at procs=1 and at procs=N. */
#ifndef BARISTA_ANSWER_H
#define BARISTA_ANSWER_H

#include "trial.h"

/* Compares two answers line by line; a missing newline at the end is no difference. Returns true if
 * they are the same; otherwise fills `difference`, which the caller releases. */
bool answer_same(const char *expected, const char *actual, struct difference *difference);

/* Runs the check, with seeds drawn from `seed`, up to the first run that is wrong. Settles
 * `result`. *printed becomes what the submission printed in its first run, or in the one that
 * was wrong; the caller owns it; NULL if it printed nothing. Returns false, after a message on
 * `errors`, when the infrastructure failed. */
bool answer_check(const struct trial *trial, uint64_t seed, struct check_result *result,
                  char **printed, FILE *errors);

#endif
