/* investigate.c - carries out the experiments of why.c with a submission of a lesson. */
#include "investigate.h"

#include <stdlib.h>

#include "calibrate.h"
#include "source_lines.h"
#include "spread.h"

/* Real runs, in pairs; the median of so many is not moved by a disturbance or two. */
#define ROUNDS 5
#define REAL_PROCS 2

/* Where experiments are made, and how the last that failed ended. */
struct place_of_work {
    struct simulation simulation;
    struct run *bad;
    FILE *errors;
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
    run_release(here->bad);
    bool ok = simulate_once(&simulation, false, experiment->procs, run, here->bad, here->errors);
    free(costs);
    return ok;
}

/* ---- Real runs ------------------------------------------------------------------------------- */

static bool run_really(const struct simulation *simulation, const struct build *real, int procs,
                       const struct cpus *cpus, double *cpu_seconds, FILE *errors)
{
    struct run_request request = {
        .program = real->program,
        .input = simulation->input,
        .limits = &simulation->lesson->limits,
        .seed = simulation->seed,
        .procs = procs,
        .cpus = cpus,
        .sandbox = simulation->sandbox,
    };
    struct run run;
    bool ok = run_program(&request, &run, errors) && run.reason == REASON_NONE;
    *cpu_seconds = run.cpu_seconds;
    run_release(&run);
    return ok && *cpu_seconds > 0;
}

/* How much more CPU time two procs take than one for the same work, against what a loop that leaves
 * the memory alone takes: that is the machine's own share, as where two CPUs are one core. 1 if it
 * can't be told. */
static double measure_inflation(const struct simulation *simulation, const struct build *real,
                                FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    double ratios[ROUNDS];
    if (cpus.count < REAL_PROCS)
        return 1;
    struct spin spin = calibrate_size(REAL_PROCS);
    for (int i = 0; i < ROUNDS; i++) {
        double one, many;
        struct spin_time alone, together;
        if (!run_really(simulation, real, 1, &cpus, &one, errors) ||
            !run_really(simulation, real, REAL_PROCS, &cpus, &many, errors) ||
            !calibrate_spin(&spin, &cpus, 1, &alone, errors) ||
            !calibrate_spin(&spin, &cpus, REAL_PROCS, &together, errors))
            return 1;
        ratios[i] = many / one / (REAL_PROCS * together.seconds / alone.seconds);
    }
    return spread_of(ratios, ROUNDS).median;
}

bool investigate(const struct simulation *simulation, const struct build *real, int procs,
                 const struct submission *submission, struct why_report *report, struct run *bad,
                 FILE *errors)
{
    struct place_of_work here = {.simulation = *simulation, .bad = bad, .errors = errors};
    struct laboratory laboratory = {.run = run_experiment, .context = &here};
    *report = (struct why_report){.submission = submission};
    *bad = (struct run){0};
    if (!why(&laboratory, procs, &report->loss))
        return false;
    if (real && report->loss.cause == CAUSE_NONE)
        why_memory(&report->loss, measure_inflation(simulation, real, errors));
    source_lines(simulation->sandbox, simulation->build->program, report->loss.code,
                 report->loss.frames, &report->lines, errors);
    return true;
}
