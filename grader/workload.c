/* workload.c - starts the programs of the workloads, which make builds and nobody hands in.
 *
 * They speak the protocol of exercises, so what times submissions (run.c) times them too. They are
 * ours, and are run outside of any sandbox but for its limits.
 *
 * Virtual time is for a machine whose computing takes far longer than it takes us to simulate it: a
 * block of code costs many times the usual, and the workload is told that a CPU takes so many steps
 * fewer in a millisecond. What computes only is larger there as well: 64 procs are so soon done
 * with 200 ms of work that it is the waking of procs which one would see. */
#include "workload.h"

#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "simulated.h"
#include "undisturbed.h"

/* A step of computing is one block. */
#define PS_PER_MS INT64_C(1000000000)

static const struct {
    const char *file, *words;
    int64_t block_ps, size;
} table[] = {
#define WORKLOAD_ENTRY(name, file, words, block_ps, size) {file, words, block_ps, size},
    WORKLOADS(WORKLOAD_ENTRY)
#undef WORKLOAD_ENTRY
};

/* Far above what any of them takes, even on a slow machine that is busy. */
static const struct limits limits = {
    .wall_s = 60, .cpu_s = 120, .memory_mb = 1024, .output_kb = 64};

const char *workload_words(enum workload workload)
{
    return table[workload].words;
}

/* make puts the programs into a folder beside barista-inside. */
static char *workload_path(enum workload workload, const char *suffix)
{
    const char *inside = sandbox_none()->inside;
    return string_format("%.*sworkloads/%s%s", (int)(path_base(inside) - inside), inside,
                         table[workload].file, suffix);
}

static void take_sum(const struct run *run, struct workload_run *taken)
{
    snprintf(taken->sum, sizeof taken->sum, "%s", run->answer);
    taken->sum[strcspn(taken->sum, "\n")] = '\0';
}

/* Runs a program to its end; the caller releases `run`. */
static bool run_to_end(enum workload workload, const char *suffix, enum form form,
                       int64_t steps_per_ms, struct run_request *request, struct run *run,
                       FILE *errors)
{
    struct input items[] = {{"concurrent", form == FORM_CONCURRENT},
                            {"steps_per_ms", steps_per_ms}};
    struct input_list input = {items, sizeof items / sizeof *items};
    char *program = workload_path(workload, suffix);
    request->sandbox = sandbox_none();
    request->program = program;
    request->input = &input;
    request->limits = &limits;
    request->trusted = true;
    bool ok = run_program(request, run, errors);
    if (ok && run->reason != REASON_NONE) {
        fprintf(errors, "barista: %s: %s\n%s", program,
                run->message ? run->message : reason_text(run->reason),
                run->report ? run->report : "");
        ok = false;
    }
    free(program);
    return ok;
}

bool workload_measure(enum workload workload, enum form form, int procs, const struct cpus *cpus,
                      double speed, struct workload_run *measured, FILE *errors)
{
    struct run_request request = {.procs = procs, .cpus = cpus};
    struct run run = {0};
    bool ok = run_to_end(workload, "", form, (int64_t)(speed / 1000), &request, &run, errors);
    if (ok) {
        take_sum(&run, measured);
        const char *spent = strchr(run.answer, '\n');
        struct undisturbed undisturbed;
        measured->seconds = run.seconds;
        if (spent && undisturbed_read(spent + 1, procs, &undisturbed))
            measured->seconds = undisturbed.clock;
    }
    run_release(&run);
    return ok;
}

bool workload_simulate(enum workload workload, enum form form, int procs,
                       struct workload_run *simulated, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    char *costs = string_format("block=%lld", (long long)table[workload].block_ps);
    struct run_request request = {.procs = procs, .cpus = &cpus, .simulate = costs};
    struct run run = {0};
    int64_t steps_per_ms = table[workload].size * PS_PER_MS / table[workload].block_ps;
    bool ok = run_to_end(workload, ".sim", form, steps_per_ms, &request, &run, errors);
    struct simulated_run figures;
    if (ok && !(run.figures && simulated_read(run.figures, procs, &figures))) {
        fprintf(errors, "barista: the simulation of %s gave no result\n", table[workload].file);
        ok = false;
    } else if (ok) {
        simulated->seconds = (double)figures.time_ps * 1e-12;
        take_sum(&run, simulated);
        simulated_release(&figures);
    }
    run_release(&run);
    free(costs);
    return ok;
}
