/* simulate.c - runs programs that were built for virtual time. */
#include "simulate.h"

#include <stdlib.h>

static void curve_add(struct curve *curve, struct simulated_run run)
{
    curve->runs = memory_resize(curve->runs, (curve->count + 1) * sizeof *curve->runs);
    curve->runs[curve->count++] = run;
}

bool simulate_once(const struct simulation *simulation, bool oracle, int procs,
                   struct simulated_run *run, struct run *bad, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    struct run_request request = {
        .program = oracle ? simulation->build->oracle : simulation->build->program,
        .input = simulation->input,
        .limits = &simulation->lesson->limits,
        .seed = simulation->seed,
        .procs = procs,
        .cpus = &cpus,
        .simulate = simulation->costs ? simulation->costs : simulation->lesson->costs,
        .without = simulation->without,
        .trusted = oracle,
        .sandbox = simulation->sandbox,
    };
    *bad = (struct run){0};
    if (!run_program(&request, bad, errors) || bad->reason != REASON_NONE)
        return false;
    if (!bad->figures || !simulated_read(bad->figures, procs, run)) {
        bad->reason = REASON_CRASH;
        bad->message = string_copy("it ended without the result of its simulation: "
                                   "it may have changed the number of procs, or left by exit()");
        return false;
    }
    run_release(bad);
    return true;
}

bool simulate(const struct simulation *simulation, bool oracle, int procs, struct curve *curve,
              struct run *bad, FILE *errors)
{
    struct simulated_run run;
    if (!simulate_once(simulation, oracle, procs, &run, bad, errors))
        return false;
    curve_add(curve, run);
    return true;
}

double curve_speedup(const struct curve *curve, size_t i)
{
    return curve->runs[i].time_ps > 0
               ? (double)curve->runs[0].time_ps / (double)curve->runs[i].time_ps
               : 1;
}

void curve_release(struct curve *curve)
{
    for (size_t i = 0; i < curve->count; i++)
        simulated_release(&curve->runs[i]);
    free(curve->runs);
    *curve = (struct curve){0};
}
