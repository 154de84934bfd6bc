/* simulate.h - runs a submission in virtual time, on as many procs as wanted. What comes out is the
 * same on every machine, to the last bit (ARCHITECTURE.md, "Other schedulers"). */
#ifndef BARISTA_SIMULATE_H
#define BARISTA_SIMULATE_H

#include "build.h"
#include "run.h"
#include "simulated.h"

/* Runs at several numbers of procs. */
struct curve {
    struct simulated_run *runs; /* owned */
    size_t count;
};

/* What to simulate. Everything is borrowed. */
struct simulation {
    const struct sandbox *sandbox;
    const struct lesson *lesson; /* has costs */
    const struct build *build;   /* BUILD_SIMULATED */
    const struct input_list *input;
    uint64_t seed;
    const char *costs;   /* instead of the lesson's; NULL: the lesson's */
    const char *without; /* locks that exclude nobody (run.h); NULL: none */
};

/* One run of the submission, or of the oracle, on `procs`; the caller releases it. When the program
 * ends badly (deadlock, crash, no answer) returns false and sets *bad, which the caller releases;
 * when the infrastructure failed, returns false after a message on `errors`, with bad->reason
 * REASON_NONE. */
bool simulate_once(const struct simulation *simulation, bool oracle, int procs,
                   struct simulated_run *run, struct run *bad, FILE *errors);

/* Runs of the submission on each of these numbers of procs, some of them at the same time, which
 * nobody can see in virtual time. Those before the first bad one are added to the curve; `bad` is
 * as above. */
bool simulate(const struct simulation *simulation, const int *procs, size_t count,
              struct curve *curve, struct run *bad, FILE *errors);

/* T_1 / T_P of run number `i`, against the first run of the curve, which is at procs=1. */
double curve_speedup(const struct curve *curve, size_t i);

void curve_release(struct curve *curve);

#endif
