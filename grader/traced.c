/* traced.c - a run that leaves a trace. */
#include "traced.h"

bool traced_run(const struct simulation *simulation, bool real, int procs, struct trace *trace,
                struct run *bad, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    struct run_request request = {
        .program = simulation->build->program,
        .input = simulation->input,
        .limits = &simulation->lesson->limits,
        .seed = simulation->seed,
        .procs = procs,
        .cpus = &cpus,
        .simulate = real ? NULL : simulation->lesson->costs,
        .trace = true,
        .sandbox = simulation->sandbox,
    };
    *bad = (struct run){0};
    if (!run_program(&request, bad, errors) || bad->reason != REASON_NONE)
        return false;
    if (!bad->trace || !trace_read(bad->trace, trace)) {
        bad->reason = REASON_CRASH;
        bad->message = string_copy("it ended without a whole trace: it may have done too much for "
                                   "one, or left by exit()");
        return false;
    }
    run_release(bad);
    return true;
}
