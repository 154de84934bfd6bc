/* commands_why.c - `barista why`: where the speedup of a submission went. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "json.h"
#include "result.h"
#include "show_why.h"
#include "source_lines.h"

/* What --procs is without saying so: enough for what a few procs would hide. */
#define PROCS_USUAL 8

/* Where experiments are made, and how one of them failed. */
struct place_of_work {
    struct simulation simulation;
    struct run bad;
};

static bool run_experiment(void *context, const struct experiment *experiment,
                           struct simulated_run *run)
{
    struct place_of_work *here = context;
    const char *usual = here->simulation.lesson->costs;
    char *costs =
        string_format("%s%s%s", usual, *usual && *experiment->costs ? "," : "", experiment->costs);
    struct simulation simulation = here->simulation;
    simulation.costs = costs;
    simulation.without = experiment->without;
    run_release(&here->bad);
    bool ok = simulate_once(&simulation, false, experiment->procs, run, &here->bad, stderr);
    free(costs);
    return ok;
}

static int show(const struct simulation *simulation, const struct why_report *report,
                const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    show_why(simulation, report, json_to_stdout ? stderr : stdout);
    if (!arguments->json)
        return BARISTA_PASS;
    json_t *json = json_why(simulation, report);
    bool written = json_write(json, arguments->json);
    if (!written)
        fprintf(stderr, "barista: cannot write %s: %s\n", arguments->json, strerror(errno));
    json_decref(json);
    return written ? BARISTA_PASS : BARISTA_INFRA;
}

static int explain_and_show(const struct simulation *simulation,
                            const struct submission *submission, const struct arguments *arguments)
{
    struct place_of_work here = {.simulation = *simulation};
    struct laboratory laboratory = {.run = run_experiment, .context = &here};
    struct loss loss;
    int procs = arguments->procs > 0 ? arguments->procs : PROCS_USUAL;
    if (!why(&laboratory, procs, &loss))
        return command_bad_end(&here.bad, procs);
    struct why_report report = {.loss = &loss, .submission = submission};
    source_lines(simulation->sandbox, simulation->build->program, loss.code, loss.frames,
                 &report.lines, stderr);
    int status = show(simulation, &report, arguments);
    strings_release(&report.lines);
    loss_release(&loss);
    run_release(&here.bad);
    return status;
}

int command_why(const struct arguments *arguments)
{
    if (arguments->procs == 1) {
        fprintf(stderr, "barista: --procs is 1; a speedup is explained on 2 procs or more\n");
        return BARISTA_USAGE;
    }
    return command_simulation(arguments, explain_and_show);
}
