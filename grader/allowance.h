/* allowance.h - whether we may use as much of this machine as a grading needs. */
#ifndef BARISTA_ALLOWANCE_H
#define BARISTA_ALLOWANCE_H

#include <stdbool.h>
#include <stdio.h>

/* Raises what may be raised. False, after a message, if some limit stays too low. */
bool allowance_suffices(FILE *errors);

#endif
