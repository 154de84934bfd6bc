/* commands_curves.c - `barista curves`: how the kinds of work scale from 1 to 64 procs, in virtual
 * time.
 *
 * The height of each curve is how many times as fast tasks are as one thing after the other: so
 * waits that overlap count even on one proc. On top of the workloads' own figures stands Amdahl's
 * law for the one of which a quarter is serial: the simulation has to come out where the formula
 * does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "json.h"
#include "plot.h"
#include "result.h"
#include "workload.h"

static const int procs[] = {1, 2, 4, 8, 16, 32, 64};
#define POINTS (int)(sizeof procs / sizeof *procs)

/* How each is drawn, and what its shape says. */
static const struct {
    char letter;
    const char *shape;
} looks[WORKLOADS_COUNT] = {
    [WORKLOAD_IO_BOUND] = {'I', "level: waits overlap on one proc already"},
    [WORKLOAD_CPU_BOUND] = {'C', "straight: twice the procs, twice as fast"},
    [WORKLOAD_MIXED] = {'M', "steep, then flatter: procs share the computing, not the waits"},
    [WORKLOAD_COORDINATION] = {'H', "falls: each hand-over costs more between procs"},
    [WORKLOAD_AMDAHL] = {'A', "bends: below 4 for ever, as a quarter stays serial"},
};

struct curves {
    struct plot_line lines[WORKLOADS_COUNT];
    struct plot plot;
};

static double amdahl(int n)
{
    return 1 / (0.25 + 0.75 / n);
}

static bool simulate_line(enum workload workload, struct plot_line *line)
{
    struct workload_run sequential, run;
    *line = (struct plot_line){.letter = looks[workload].letter, .name = workload_words(workload)};
    if (!workload_simulate(workload, FORM_SEQUENTIAL, 1, &sequential, stderr))
        return false;
    for (int i = 0; i < POINTS; i++) {
        if (!workload_simulate(workload, FORM_CONCURRENT, procs[i], &run, stderr))
            return false;
        line->values[i] = sequential.seconds / run.seconds;
    }
    return true;
}

static bool simulate_all(struct curves *curves)
{
    for (int i = 0; i < WORKLOADS_COUNT; i++)
        if (!simulate_line((enum workload)i, &curves->lines[i]))
            return false;
    curves->plot = (struct plot){
        .title = "How many times as fast as one thing after the other",
        .subtitle = "by the number of procs, in virtual time",
        .procs = procs,
        .points = POINTS,
        .lines = curves->lines,
        .lines_count = WORKLOADS_COUNT,
    };
    return true;
}

/* ---- Showing --------------------------------------------------------------------------------- */

static void print_value(double value, FILE *out)
{
    fprintf(out, " %6.*f", value < 9.995 ? 2 : 1, value);
}

static void show_table(const struct curves *curves, FILE *out)
{
    fprintf(out, "  %-21s", "procs");
    for (int i = 0; i < POINTS; i++)
        fprintf(out, " %6d", procs[i]);
    fputc('\n', out);
    for (int i = 0; i < WORKLOADS_COUNT; i++) {
        fprintf(out, "  %c %-19s", curves->lines[i].letter, curves->lines[i].name);
        for (int point = 0; point < POINTS; point++)
            print_value(curves->lines[i].values[point], out);
        fputc('\n', out);
    }
    fprintf(out, "    %-19s", "by Amdahl's law");
    for (int i = 0; i < POINTS; i++)
        print_value(amdahl(procs[i]), out);
    fputs("\n\n", out);
    for (int i = 0; i < WORKLOADS_COUNT; i++)
        fprintf(out, "  %c %s\n", looks[i].letter, looks[i].shape);
    fputs("\nThe programs are in lessons/workloads. On this machine: make matrix\n", out);
}

static void show_curves(const struct curves *curves, FILE *out)
{
    fprintf(out, "\n%s,\n%s\n\n", curves->plot.title, curves->plot.subtitle);
    plot_draw(&curves->plot, out);
    fputc('\n', out);
    show_table(curves, out);
}

static json_t *json_curves(const struct curves *curves)
{
    json_t *lines = json_array();
    for (int i = 0; i < WORKLOADS_COUNT; i++) {
        json_t *gains = json_array();
        for (int point = 0; point < POINTS; point++)
            json_array_append_new(gains, json_pack("{s:i, s:f}", "procs", procs[point], "gain",
                                                   curves->lines[i].values[point]));
        json_array_append_new(
            lines, json_pack("{s:s, s:o}", "work", curves->lines[i].name, "simulated", gains));
    }
    return json_pack("{s:i, s:o}", "schema", 1, "curves", lines);
}

static bool write_svg(const struct curves *curves, const char *path)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        memory_exhausted();
    plot_svg(&curves->plot, out);
    if (fclose(out) != 0)
        memory_exhausted();
    bool ok = file_write(path, text);
    if (!ok)
        fprintf(stderr, "barista: cannot write %s: %s\n", path, strerror(errno));
    free(text);
    return ok;
}

int command_curves(const struct arguments *arguments)
{
    struct curves curves;
    if (!simulate_all(&curves))
        return BARISTA_INFRA;
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    FILE *out = json_to_stdout ? stderr : stdout;
    show_curves(&curves, out);
    bool ok = !arguments->svg || write_svg(&curves, arguments->svg);
    if (ok && arguments->svg)
        fprintf(out, "As a picture: %s\n", arguments->svg);
    ok = (!arguments->json || json_deliver(json_curves(&curves), arguments->json)) && ok;
    return ok ? BARISTA_PASS : BARISTA_INFRA;
}
