/* report.h - a result as a page of text for the student. */
#ifndef BARISTA_REPORT_H
#define BARISTA_REPORT_H

#include "result.h"

/* Whether to colour what goes to `stream`: only on a terminal that has colours, and never when
 * NO_COLOR is set. */
bool report_coloured(FILE *stream);

/* Prints the result, 80 columns wide. Every word is there without colour too. `closing` is what
 * stands behind the score: what to do next. */
void report_print(const struct result *result, const char *closing, bool coloured, FILE *out);

#endif
