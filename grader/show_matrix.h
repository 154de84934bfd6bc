/* show_matrix.h - the decision matrix, as a table for a terminal and as JSON. */
#ifndef BARISTA_SHOW_MATRIX_H
#define BARISTA_SHOW_MATRIX_H

#include <jansson.h>
#include <stdio.h>

#include "matrix.h"

/* What the machine measured (NULL: it was not asked) and what virtual time gives, what the words
 * mean, and whether all of it is what the course says. */
void show_matrix(const struct matrix *measured, const struct matrix *simulated, FILE *out);

/* The same as JSON; the caller owns it. */
json_t *json_matrix(const struct matrix *measured, const struct matrix *simulated);

#endif
