/* plot_svg.c - draws a plot as a picture, in SVG: a grid, an axis on each side, a line for each
 * series with its name at the right end. Colours are those of Okabe and Ito, which people with any
 * kind of colour blindness can tell apart; and each line ends at its name, so that the colours are
 * not needed at all. */
#include <math.h>

#include "plot.h"

/* Where the plot lies in the picture, in the picture's units. */
#define WIDTH 860
#define HEIGHT 560
#define LEFT 90
#define RIGHT 650
#define TOP 90
#define BOTTOM 490

/* Names are at least so far apart, as their letters are so high. */
#define NAME_HEIGHT 19.0
#define NAMES_MOST 16

static const char *const colours[] = {"#0072b2", "#d55e00", "#009e73",
                                      "#b5558f", "#8a6d00", "#444444"};
#define COLOURS (sizeof colours / sizeof *colours)

static double x_of(const struct plot *plot, int point)
{
    double most = log2(plot->procs[plot->points - 1]);
    return LEFT + (RIGHT - LEFT) * log2(plot->procs[point]) / most;
}

static double y_of(struct plot_range range, double octave)
{
    return TOP + (BOTTOM - TOP) * (range.high - octave) / (range.high - range.low);
}

static void write_heights(struct plot_range range, FILE *out)
{
    for (int octave = range.low; octave <= range.high; octave++) {
        double y = y_of(range, octave);
        fprintf(out,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>\n"
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s%lld</text>\n",
                LEFT, y, RIGHT, y, octave == 0 ? "#888888" : "#e3e3e3", LEFT - 10, y + 5,
                octave < 0 ? "1/" : "", 1LL << (octave < 0 ? -octave : octave));
    }
}

static void write_procs(const struct plot *plot, FILE *out)
{
    for (int point = 0; point < plot->points; point++) {
        double x = x_of(plot, point);
        fprintf(out,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e3e3e3\"/>\n"
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
                x, TOP, x, BOTTOM, x, BOTTOM + 24, plot->procs[point]);
    }
    fprintf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">procs</text>\n",
            (LEFT + RIGHT) / 2, BOTTOM + 52);
}

static void write_line(const struct plot *plot, struct plot_range range, int i, FILE *out)
{
    const char *colour = colours[i % COLOURS];
    fprintf(out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" points=\"", colour);
    for (int point = 0; point < plot->points; point++)
        fprintf(out, " %.1f,%.1f", x_of(plot, point),
                y_of(range, log2(plot->lines[i].values[point])));
    fputs("\"/>\n", out);
    for (int point = 0; point < plot->points; point++)
        fprintf(out,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\">"
                "<title>%s, %d procs: %.2f</title></circle>\n",
                x_of(plot, point), y_of(range, log2(plot->lines[i].values[point])), colour,
                plot->lines[i].name, plot->procs[point], plot->lines[i].values[point]);
}

/* From top to bottom, each at the end of its line, or below the one before if that is too near. */
static void write_names(const struct plot *plot, struct plot_range range, FILE *out)
{
    bool written[NAMES_MOST] = {false};
    double lowest = TOP - NAME_HEIGHT;
    for (int count = 0; count < plot->lines_count && count < NAMES_MOST; count++) {
        int next = -1;
        for (int i = 0; i < plot->lines_count && i < NAMES_MOST; i++)
            if (!written[i] && (next < 0 || plot->lines[i].values[plot->points - 1] >
                                                plot->lines[next].values[plot->points - 1]))
                next = i;
        double y = y_of(range, log2(plot->lines[next].values[plot->points - 1]));
        lowest = fmax(y, lowest + NAME_HEIGHT);
        fprintf(out, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\" font-weight=\"bold\">%s</text>\n",
                RIGHT + 14, lowest + 5, colours[(size_t)next % COLOURS], plot->lines[next].name);
        written[next] = true;
    }
}

void plot_svg(const struct plot *plot, FILE *out)
{
    struct plot_range range = plot_range(plot);
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
            "height=\"%d\" font-family=\"system-ui, sans-serif\" font-size=\"15\">\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
            "<text x=\"%d\" y=\"36\" font-size=\"18\" font-weight=\"bold\">%s</text>\n"
            "<text x=\"%d\" y=\"60\">%s</text>\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, plot->title, LEFT, plot->subtitle);
    write_heights(range, out);
    write_procs(plot, out);
    for (int i = 0; i < plot->lines_count; i++)
        write_line(plot, range, i, out);
    write_names(plot, range, out);
    fputs("</svg>\n", out);
}
