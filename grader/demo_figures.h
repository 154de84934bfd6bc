/* demo_figures.h - runs a lesson's demo for the figures that it gives (lessons/figure.h). */
#ifndef BARISTA_DEMO_FIGURES_H
#define BARISTA_DEMO_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "text.h"

/* Figures by name. A zero value has none. */
struct demo_figures {
    struct strings names;
    double *values; /* in the same order; owned */
};

/* Runs the demo, which must have been built, with RT_PROCS=procs (0: as the environment has it),
 * and takes its figures. What it prints is not shown. False after a message on `errors`: it could
 * not be run, it failed, or what it gave are no figures. */
bool demo_figures_run(const char *lesson_id, int procs, struct demo_figures *figures, FILE *errors);

/* Reads lines `name value`; false if anything else is there, or a name comes twice. */
bool demo_figures_parse(const char *text, struct demo_figures *figures);

/* The figure of that name, or NULL. */
const double *demo_figure(const struct demo_figures *figures, const char *name);

void demo_figures_release(struct demo_figures *figures);

#endif
