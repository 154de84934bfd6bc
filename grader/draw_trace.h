/* draw_trace.h - the timeline of a run, drawn for a terminal as the course draws it. */
#ifndef BARISTA_DRAW_TRACE_H
#define BARISTA_DRAW_TRACE_H

#include <stdio.h>

#include "trace.h"

/* How many columns a terminal has: COLUMNS in the environment, or what it says itself, or 80. */
int draw_columns(FILE *out);

/* Draws a row for each proc and for each of the first tasks, what the signs mean, and what was
 * waited for longest. At most `columns` wide; too few to draw in are widened to the least. */
void draw_trace(const struct trace *trace, int columns, bool coloured, FILE *out);

#endif
