/* show_matrix.c - draws the decision matrix:
 *
 *   kind of work       procs  gain        speedup  so it is     the course says
 *   I/O-bound              1  19.3 +-1%            much faster  much faster
 *                          2  19.3 +-1%      1.00  much faster  much faster
 *   CPU-bound              1  1.00 +-1%            same         same or slower
 *                          2  1.95 +-2%      1.95  faster       faster            */
#include "show_matrix.h"

#include <stdlib.h>

#include "machine.h"

static const char *mark(enum agreement agreement)
{
    switch (agreement) {
    case AGREEMENT_NO:
        return " NO";
    case AGREEMENT_OPEN:
        return " ?";
    default:
        return "";
    }
}

/* "1.95 +-2%", or without the spread where there is none. */
static void print_gain(const struct spread *gain, FILE *out)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%.*f", gain->median < 9.995 ? 2 : 1, gain->median);
    if (gain->high > gain->low)
        snprintf(text + length, sizeof text - (size_t)length, " +-%.0f%%",
                 100 * (gain->high - gain->low) / 2 / gain->median);
    fprintf(out, "  %-10s", text);
}

static void print_cell(const struct matrix *matrix, int row, enum columns column, FILE *out)
{
    const struct matrix_cell *cell = &matrix->cells[row][column];
    if (cell->agreement == AGREEMENT_NONE)
        return;
    fprintf(out, "  %-18s %5d", column == COLUMN_ONE ? workload_words((enum workload)row) : "",
            column == COLUMN_ONE ? 1 : matrix->procs);
    print_gain(&cell->gain, out);
    if (column == COLUMN_ONE)
        fprintf(out, "  %7s", "");
    else
        fprintf(out, "  %7.2f", cell->speedup);
    fprintf(out, "  %-11s  %s%s\n", matrix_words(cell->gain.median),
            matrix_claim(row, column).words, mark(cell->agreement));
}

static void print_table(const struct matrix *matrix, FILE *out)
{
    fputs("  kind of work       procs  gain        speedup  so it is     the course says\n", out);
    for (int row = 0; row < MATRIX_ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            print_cell(matrix, row, (enum columns)column, out);
}

/* How far the figures can be trusted. */
static void print_machine(const struct matrix *matrix, FILE *out)
{
    char *model = machine_cpu_model("");
    fprintf(out, "\nOn this machine: %s\n", model);
    free(model);
    fprintf(out, "median of %d rounds and how far it may be off", matrix->rounds - matrix->dropped);
    if (matrix->dropped > 0)
        fprintf(out, "; %d more were too disturbed", matrix->dropped);
    fputs("\nwithout the time in which others had the CPUs, as far as the kernel tells\n\n", out);
    print_table(matrix, out);
    if (matrix->procs == 1)
        fputs("\n  On one CPU, what several procs gain could not be measured.\n", out);
}

static void print_legend(FILE *out)
{
    fprintf(out,
            "\n  gain     how many times as fast as one thing after the other: below %.1f it is\n"
            "           slower, up to %.1f the same, up to %.0f faster, above that much faster;\n"
            "           on one proc it is the overlap\n"
            "  speedup  how many times as fast as on one proc\n\n",
            MATRIX_SLOWER, MATRIX_FASTER, MATRIX_MUCH_FASTER);
    for (int row = 0; row < MATRIX_ROWS; row++)
        fprintf(out, "  %-18s  %s\n", workload_words((enum workload)row), matrix_why(row));
}

static void print_agreement(const char *where, const struct matrix *matrix, FILE *out)
{
    int yes = matrix_count(matrix, AGREEMENT_YES), no = matrix_count(matrix, AGREEMENT_NO);
    int open = matrix_count(matrix, AGREEMENT_OPEN);
    fprintf(out, "%s: %d of %d are as the course says", where, yes, yes + no + open);
    if (no > 0)
        fprintf(out, "; %d %s not (NO)", no, no == 1 ? "is" : "are");
    if (open > 0)
        fprintf(out, "; %d scatter%s too much to tell (?)", open, open == 1 ? "s" : "");
    fputs(".\n", out);
}

void show_matrix(const struct matrix *measured, const struct matrix *simulated, FILE *out)
{
    if (measured)
        print_machine(measured, out);
    fprintf(out, "\nIn virtual time, on %d procs: the same everywhere\n\n", simulated->procs);
    print_table(simulated, out);
    print_legend(out);
    fputc('\n', out);
    if (measured)
        print_agreement("On this machine", measured, out);
    print_agreement("In virtual time", simulated, out);
    if (measured && matrix_count(measured, AGREEMENT_OPEN) > 0)
        fputs("Other programs are using this machine: try again when they are done.\n", out);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *json_agrees(enum agreement agreement)
{
    return agreement == AGREEMENT_OPEN ? json_null() : json_boolean(agreement == AGREEMENT_YES);
}

static json_t *json_cells(const struct matrix *matrix)
{
    json_t *cells = json_array();
    for (int row = 0; row < MATRIX_ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            const struct matrix_cell *cell = &matrix->cells[row][column];
            if (cell->agreement != AGREEMENT_NONE)
                json_array_append_new(
                    cells,
                    json_pack("{s:s, s:i, s:f, s:f, s:f, s:f, s:s, s:s, s:o}", "work",
                              workload_words((enum workload)row), "procs",
                              column == COLUMN_ONE ? 1 : matrix->procs, "gain", cell->gain.median,
                              "low", cell->gain.low, "high", cell->gain.high, "speedup",
                              cell->speedup, "verdict", matrix_words(cell->gain.median), "course",
                              matrix_claim(row, (enum columns)column).words, "agrees",
                              json_agrees(cell->agreement)));
        }
    return cells;
}

static json_t *json_half(const struct matrix *matrix)
{
    if (!matrix)
        return json_null();
    return json_pack("{s:i, s:i, s:i, s:o}", "procs", matrix->procs, "rounds", matrix->rounds,
                     "dropped", matrix->dropped, "cells", json_cells(matrix));
}

json_t *json_matrix(const struct matrix *measured, const struct matrix *simulated)
{
    return json_pack("{s:i, s:o, s:o}", "schema", 1, "measured", json_half(measured), "simulated",
                     json_half(simulated));
}
