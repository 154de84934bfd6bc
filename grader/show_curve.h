/* show_curve.h - a simulated speedup curve, drawn for a terminal and as JSON. */
#ifndef BARISTA_SHOW_CURVE_H
#define BARISTA_SHOW_CURVE_H

#include <jansson.h>
#include <stdio.h>

#include "simulate.h"

/* A line for each number of procs: time, speedup, and a bar that says what the procs did. */
void show_curve(const struct simulation *simulation, const struct submission *submission,
                const struct curve *curve, FILE *out);

/* The same, to the last picosecond. The caller owns it. */
json_t *json_curve(const struct simulation *simulation, const struct submission *submission,
                   const struct curve *curve);

#endif
