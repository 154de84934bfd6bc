/* amount.h - numbers as people write and read them. */
#ifndef BARISTA_AMOUNT_H
#define BARISTA_AMOUNT_H

#include <stdbool.h>

/* Reads a number that a person typed: `2`, `0.5`, `1,200`, `1e6`, `~3`, and after it the unit, or
 * nothing. "x" is another word for "times". False if it is none, or negative. */
bool amount_parse(const char *text, const char *unit, double *value);

/* The number with three significant digits and commas, such as `0.0694`, `15.2`, `1,520`; the
 * caller owns it. */
char *amount_text(double value);

/* Whether two amounts are within a factor (above 1) of each other. Zero is only near zero. */
bool amount_is_near(double a, double b, double factor);

#endif
