/* wrap.h - breaks text into lines that fit a terminal. */
#ifndef BARISTA_WRAP_H
#define BARISTA_WRAP_H

#include <stdio.h>

/* What people can rely on: the width of a terminal that nobody has widened. */
#define WRAP_COLUMNS 80

/* Prints the lines of a text, each indented by `indent` columns and broken between words where
 * it would not fit WRAP_COLUMNS. A line that starts with four spaces is printed as it is: code,
 * commands, tables. Ends with a newline, if there was anything to print. */
void wrap_print(FILE *out, int indent, const char *text);

#endif
