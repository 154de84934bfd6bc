/* commands_matrix.c - `barista matrix`: the decision matrix, measured and in virtual time. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "json.h"
#include "machine.h"
#include "result.h"
#include "seed.h"
#include "show_matrix.h"

/* The procs that the simulated half is for, and the most that are measured: the course's figures
 * are for eight, and the workloads are too small for many more. */
#define PROCS_OF_COURSE 8

static int status_of(const struct matrix *matrix)
{
    if (matrix_count(matrix, AGREEMENT_NO) > 0)
        return BARISTA_FAIL;
    return matrix_count(matrix, AGREEMENT_OPEN) > 0 ? BARISTA_INFRA : BARISTA_PASS;
}

static int show(const struct matrix *measured, const struct matrix *simulated,
                const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    show_matrix(measured, simulated, json_to_stdout ? stderr : stdout);
    if (arguments->json && !json_deliver(json_matrix(measured, simulated), arguments->json))
        return BARISTA_INFRA;
    int status = status_of(simulated);
    return measured && status == BARISTA_PASS ? status_of(measured) : status;
}

/* How many procs to measure; 0 after a message. */
static int procs_to_measure(const struct arguments *arguments, const struct cpus *cpus)
{
    int most = cpus->count < PROCS_OF_COURSE ? cpus->count : PROCS_OF_COURSE;
    if (arguments->procs <= cpus->count)
        return arguments->procs > 0 ? arguments->procs : most;
    fprintf(stderr, "barista: --procs is %d, and only %d CPU%s may be used here\n",
            arguments->procs, cpus->count, cpus->count == 1 ? "" : "s");
    return 0;
}

static int measure_and_show(const struct matrix *simulated, const struct arguments *arguments)
{
    struct cpus cpus = cpus_allowed();
    machine_spread_over_cores("", &cpus);
    int procs = procs_to_measure(arguments, &cpus);
    if (procs == 0)
        return BARISTA_USAGE;
    uint64_t seed = arguments->seed_given ? arguments->seed : seed_fresh();
    struct matrix measured;
    if (!matrix_measure(&cpus, procs, seed, &measured, isatty(STDERR_FILENO) ? stderr : NULL,
                        stderr))
        return BARISTA_INFRA;
    return show(&measured, simulated, arguments);
}

int command_matrix(const struct arguments *arguments)
{
    struct matrix simulated;
    if (!matrix_simulate(PROCS_OF_COURSE, &simulated, stderr))
        return BARISTA_INFRA;
    return arguments->simulated ? show(NULL, &simulated, arguments)
                                : measure_and_show(&simulated, arguments);
}
