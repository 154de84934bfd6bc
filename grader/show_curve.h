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

/* Parts of such pictures: whose they are, with what input; a time, in 10 columns and three digits,
 * which are enough to see; what a state is in words. */
void show_subject(const struct simulation *simulation, const struct submission *submission,
                  FILE *out);
void show_time(FILE *out, int64_t ps);
const char *show_state(enum rt__state state);

/* Picoseconds in each state, by its name. The caller owns it. */
json_t *json_spent(const struct simulated_run *run);

#endif
