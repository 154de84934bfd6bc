/* simulate.c - runs programs that were built for virtual time. */
#include "simulate.h"

#include <stdlib.h>

/* So many programs run at the same time. The control group of a grading has room for the memory of
 * two (sandbox_choose.c), and each takes a CPU. */
#define AT_ONCE_MOST 2

/* ---- Runs ------------------------------------------------------------------------------------ */

static struct run_request request_of(const struct simulation *simulation, bool oracle, int procs,
                                     const struct cpus *cpus)
{
    return (struct run_request){
        .program = oracle ? simulation->build->oracle : simulation->build->program,
        .input = simulation->input,
        .limits = &simulation->lesson->limits,
        .seed = simulation->seed,
        .procs = procs,
        .cpus = cpus,
        .simulate = simulation->costs ? simulation->costs : simulation->lesson->costs,
        .without = simulation->without,
        .trusted = oracle,
        .sandbox = simulation->sandbox,
    };
}

/* What a run that ended came to. Takes over *ended: it is released, or becomes *bad. */
static bool read_run(struct run *ended, int procs, struct simulated_run *run, struct run *bad)
{
    bool ok = ended->reason == REASON_NONE;
    if (ok && !(ended->figures && simulated_read(ended->figures, procs, run))) {
        ok = false;
        ended->reason = REASON_CRASH;
        ended->message = string_copy("it ended without the result of its simulation: "
                                     "it may have changed the number of procs, or left by exit()");
    }
    if (ok)
        run_release(ended);
    else
        *bad = *ended;
    return ok;
}

bool simulate_once(const struct simulation *simulation, bool oracle, int procs,
                   struct simulated_run *run, struct run *bad, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    struct run_request request = request_of(simulation, oracle, procs, &cpus);
    struct run ended;
    *bad = (struct run){0};
    return run_program(&request, &ended, errors) && read_run(&ended, procs, run, bad);
}

/* ---- Curves ---------------------------------------------------------------------------------- */

static void curve_add(struct curve *curve, struct simulated_run run)
{
    curve->runs = memory_resize(curve->runs, (curve->count + 1) * sizeof *curve->runs);
    curve->runs[curve->count++] = run;
}

/* Adds the runs up to the first bad one, if there is one. */
static bool curve_add_all(struct curve *curve, struct run *ended, const int *procs, size_t count,
                          struct run *bad)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        struct simulated_run run;
        if (!ok)
            run_release(&ended[i]);
        else if ((ok = read_run(&ended[i], procs[i], &run, bad)))
            curve_add(curve, run);
    }
    return ok;
}

bool simulate(const struct simulation *simulation, const int *procs, size_t count,
              struct curve *curve, struct run *bad, FILE *errors)
{
    struct cpus cpus = cpus_allowed(), own[AT_ONCE_MOST];
    size_t at_once = cpus.count < AT_ONCE_MOST ? (size_t)cpus.count : AT_ONCE_MOST;
    bool ok = true;
    *bad = (struct run){0};
    for (size_t done = 0; ok && done < count; done += at_once) {
        struct run_request requests[AT_ONCE_MOST];
        struct run ended[AT_ONCE_MOST];
        size_t now = count - done < at_once ? count - done : at_once;
        for (size_t i = 0; i < now; i++) {
            own[i] = (struct cpus){.ids = {cpus.ids[i]}, .count = 1};
            requests[i] = request_of(simulation, false, procs[done + i], &own[i]);
        }
        ok = run_programs(requests, ended, now, errors) &&
             curve_add_all(curve, ended, &procs[done], now, bad);
    }
    return ok;
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
