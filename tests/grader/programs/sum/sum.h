/* sum.h - the smallest exercise: what the student is asked for in the tests of the grader. */
#ifndef SUM_H
#define SUM_H

#include <stdint.h>

#include "rt.h"

/* The sum of the numbers 1 to n. */
int64_t sum(int64_t n);

#endif
