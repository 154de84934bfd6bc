/* commands_trace.c - `barista trace`: the timeline of a run, in the terminal and as a page. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "draw_trace.h"
#include "investigate.h"
#include "page.h"
#include "report.h"
#include "result.h"
#include "traced.h"

/* What --procs is without saying so, in virtual time: enough to see who runs beside whom. */
#define PROCS_USUAL 4

/* The numbers of procs of the page's curve. */
static const int curve_procs[] = {1, 2, 4, 8, 16, 32, 64};

static int procs_wanted(const struct arguments *arguments)
{
    if (arguments->procs > 0)
        return arguments->procs;
    struct cpus cpus = cpus_allowed();
    return arguments->real ? cpus.count : PROCS_USUAL;
}

/* "03-worker-pool: pool.c with jobs=64, in virtual time on 4 procs: 28.9 ms"; the caller owns
 * it. */
static char *subject(const struct simulation *simulation, const struct submission *submission,
                     const struct arguments *arguments, const struct trace *trace)
{
    struct strings inputs = {0};
    for (size_t i = 0; i < simulation->input->count; i++) {
        char *input = string_format("%s=%lld", simulation->input->items[i].name,
                                    (long long)simulation->input->items[i].value);
        strings_add(&inputs, input);
        free(input);
    }
    char *all = strings_join(&inputs, ", ");
    char *text =
        string_format("%s%s%s\n%s on %d proc%s: %.4g ms", submission->path, *all ? " with " : "",
                      all, arguments->real ? "A real run" : "In virtual time", trace->procs,
                      trace->procs == 1 ? "" : "s", (double)trace->end_ns / 1e6);
    strings_release(&inputs);
    free(all);
    return text;
}

/* ---- The page -------------------------------------------------------------------------------- */

static int simulate_curve(const struct simulation *simulation, struct curve *curve)
{
    struct run bad;
    if (!simulate(simulation, curve_procs, sizeof curve_procs / sizeof *curve_procs, curve, &bad,
                  stderr))
        return command_bad_end(&bad, curve_procs[curve->count]);
    return BARISTA_PASS;
}

/* Where the speedup went, in virtual time; NULL if an experiment failed. The caller owns it. */
static char *explain(const struct simulation *simulation, const struct submission *submission)
{
    struct why_report report;
    struct run bad;
    char *text = NULL;
    if (investigate(simulation, NULL, INVESTIGATE_PROCS, submission, &report, &bad, stderr)) {
        text = why_text(&report);
        why_report_release(&report);
    }
    run_release(&bad);
    return text;
}

static int write_page(const struct page *page, const char *path)
{
    if (page_write(page, path)) {
        printf("\n  %s shows all of it: open it in a browser.\n\n", path);
        return BARISTA_PASS;
    }
    fprintf(stderr, "barista: cannot write %s: %s\n", path, strerror(errno));
    return BARISTA_INFRA;
}

/* A real run's page has the timeline only: curve and cause are those of virtual time. */
static int make_page(const struct simulation *simulation, const struct submission *submission,
                     const struct arguments *arguments, struct page *page)
{
    if (arguments->real)
        return write_page(page, arguments->html);
    struct curve curve = {0};
    int status = simulate_curve(simulation, &curve);
    if (status == BARISTA_PASS) {
        char *why = explain(simulation, submission);
        page->curve = &curve;
        page->why = why;
        status = write_page(page, arguments->html);
        free(why);
    }
    curve_release(&curve);
    return status;
}

/* ---- The command ----------------------------------------------------------------------------- */

static int show(const struct simulation *simulation, const struct submission *submission,
                const struct arguments *arguments, const struct trace *trace)
{
    char *whose = subject(simulation, submission, arguments, trace);
    printf("\n%s\n%s\n\n", simulation->lesson->id, whose);
    draw_trace(trace, draw_columns(stdout), report_coloured(stdout), stdout);
    int status = BARISTA_PASS;
    if (arguments->html) {
        struct page page = {.title = simulation->lesson->id, .subject = whose, .trace = trace};
        status = make_page(simulation, submission, arguments, &page);
    } else {
        putchar('\n');
    }
    free(whose);
    return status;
}

static int trace_and_show(const struct simulation *simulation, const struct submission *submission,
                          const struct arguments *arguments)
{
    struct trace trace;
    struct run bad;
    int procs = procs_wanted(arguments);
    if (!traced_run(simulation, arguments->real, procs, &trace, &bad, stderr))
        return command_bad_end(&bad, procs);
    int status = show(simulation, submission, arguments, &trace);
    trace_release(&trace);
    return status;
}

int command_trace(const struct arguments *arguments)
{
    return command_simulation(arguments, trace_and_show);
}
