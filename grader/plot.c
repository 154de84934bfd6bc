/* plot.c - draws a plot with letters:
 *
 *      8 |                                C
 *        |                          cccccc
 *      4 |                     Ccccc
 *        |               cccccc
 *      2 |A         Ccccc
 *        |aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
 *      1 |C         A          A          A
 *        +----------+----------+----------+
 *         1         2          4          8  procs
 */
#include "plot.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#define ROWS_PER_OCTAVE 2
#define COLUMNS_PER_OCTAVE 10
#define OCTAVES_MOST 24

/* Procs go up to 64 in steps of at most one octave between two points, 2^15 for all of them. */
#define COLUMNS_MOST (15 * COLUMNS_PER_OCTAVE + 1)

struct canvas {
    struct plot_range range;
    int rows, columns;
    char cells[OCTAVES_MOST * ROWS_PER_OCTAVE + 1][COLUMNS_MOST + 1];
};

/* A value just above a power of two is not to open an octave of its own. */
#define ROUNDING 0.01

struct plot_range plot_range(const struct plot *plot)
{
    struct plot_range range = {0, 1};
    for (int i = 0; i < plot->lines_count; i++)
        for (int point = 0; point < plot->points; point++) {
            double octave = log2(plot->lines[i].values[point]);
            range.low = (int)fmin(range.low, floor(octave + ROUNDING));
            range.high = (int)fmax(range.high, ceil(octave - ROUNDING));
        }
    return range;
}

static int column_of(const struct plot *plot, int point)
{
    return (int)lround(log2(plot->procs[point]) * COLUMNS_PER_OCTAVE);
}

/* The top row is 0. */
static int row_of(const struct canvas *canvas, double octave)
{
    int row = (int)lround((canvas->range.high - octave) * ROWS_PER_OCTAVE);
    return row < 0 ? 0 : row < canvas->rows ? row : canvas->rows - 1;
}

/* From one point to the next, without the points. */
static void draw_way(struct canvas *canvas, const struct plot *plot, const struct plot_line *line,
                     int point)
{
    int from = column_of(plot, point), to = column_of(plot, point + 1);
    double start = log2(line->values[point]), end = log2(line->values[point + 1]);
    for (int column = from + 1; column < to; column++) {
        double octave = start + (end - start) * (column - from) / (to - from);
        canvas->cells[row_of(canvas, octave)][column] = (char)tolower(line->letter);
    }
}

static void draw_lines(struct canvas *canvas, const struct plot *plot)
{
    for (int i = 0; i < plot->lines_count; i++)
        for (int point = 0; point + 1 < plot->points; point++)
            draw_way(canvas, plot, &plot->lines[i], point);
    for (int i = 0; i < plot->lines_count; i++)
        for (int point = 0; point < plot->points; point++) {
            double octave = log2(plot->lines[i].values[point]);
            canvas->cells[row_of(canvas, octave)][column_of(plot, point)] = plot->lines[i].letter;
        }
}

/* "  64 |", "1/4 |", and nothing beside the rows between. */
static void print_height(const struct canvas *canvas, int row, FILE *out)
{
    int octave = canvas->range.high - row / ROWS_PER_OCTAVE;
    if (row % ROWS_PER_OCTAVE != 0)
        fprintf(out, "  %5s |", "");
    else if (octave >= 0)
        fprintf(out, "  %5lld |", 1LL << octave);
    else
        fprintf(out, "    1/%-2lld|", 1LL << -octave);
}

static void print_axis(const struct canvas *canvas, const struct plot *plot, FILE *out)
{
    fprintf(out, "  %5s +", "");
    for (int column = 0, point = 0; column < canvas->columns; column++) {
        bool mark = column == column_of(plot, point);
        fputc(mark ? '+' : '-', out);
        point += mark;
    }
    fprintf(out, "\n  %5s  ", "");
    int column = 0;
    for (int point = 0; point < plot->points; point++) {
        int start = column_of(plot, point);
        column += fprintf(out, "%*s%d", start - column, "", plot->procs[point]);
    }
    fputs(" procs\n", out);
}

void plot_draw(const struct plot *plot, FILE *out)
{
    struct canvas canvas = {.range = plot_range(plot)};
    canvas.rows = (canvas.range.high - canvas.range.low) * ROWS_PER_OCTAVE + 1;
    canvas.columns = column_of(plot, plot->points - 1) + 1;
    memset(canvas.cells, ' ', sizeof canvas.cells);
    draw_lines(&canvas, plot);
    for (int row = 0; row < canvas.rows; row++) {
        int length = canvas.columns;
        while (length > 0 && canvas.cells[row][length - 1] == ' ')
            length--;
        print_height(&canvas, row, out);
        fprintf(out, "%.*s\n", length, canvas.cells[row]);
    }
    print_axis(&canvas, plot, out);
}
