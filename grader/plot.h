/* plot.h - lines over the number of procs, drawn for a terminal and as a picture (SVG). Both axes
 * are logarithmic: each step is twice the one before, so twice as fast on twice the procs is a
 * straight line upwards, and as fast on any number of procs is a level one. */
#ifndef BARISTA_PLOT_H
#define BARISTA_PLOT_H

#include <stdbool.h>
#include <stdio.h>

#define PLOT_POINTS_MOST 16

struct plot_line {
    char letter;                     /* in the terminal; upper case */
    const char *name;                /* in the picture; without `<`, `&` and `"` */
    double values[PLOT_POINTS_MOST]; /* above 0 */
};

/* Everything is borrowed. */
struct plot {
    const char *title, *subtitle; /* what the height is, and of what; as a name */
    const int *procs;             /* ascending, from 1 */
    int points;                   /* at least 2 */
    const struct plot_line *lines;
    int lines_count;
};

/* The range of the height that holds all values: from 2^low to 2^high. */
struct plot_range {
    int low, high;
};

struct plot_range plot_range(const struct plot *plot);

/* Each point is the letter of its line, and what leads there is made of the same letter in lower
 * case. No more than 80 columns for up to 64 procs. */
void plot_draw(const struct plot *plot, FILE *out);

/* A file that needs no other: no font, no style, no script. plot_svg.c. */
void plot_svg(const struct plot *plot, FILE *out);

#endif
