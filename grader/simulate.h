/* simulate.h - runs a submission in virtual time, on as many procs as wanted. What comes out is the same on
 * every machine, to the last bit (ARCHITECTURE.md, "Other schedulers"). */
#ifndef BARISTA_SIMULATE_H
#define BARISTA_SIMULATE_H

#include "build.h"
#include "run.h"
#include "states.h"

/* A lock that was held. */
struct simulated_lock {
    char *object, *place; /* owned; as the source calls it, and where it was first taken */
    int64_t held_ps, taken, contended;
};

/* What one run came to. Times in picoseconds. */
struct simulated_run {
    int procs;
    int64_t time_ps;
    int64_t spent_ps[RT__STATES_COUNT]; /* all procs together: sums to procs x time */
    int64_t tasks, switches, steals, stops;
    struct simulated_lock *locks; /* owned; held longest first */
    size_t locks_count;
};

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
};

/* The name of a state in JSON and on the screen: "user", "idle_lock". */
const char *simulated_state(enum rt__state state);

/* Adds a run of the submission, or of the oracle, on `procs`. When the program ends badly (deadlock, crash,
 * no answer) returns false and sets *bad, which the caller releases; when the infrastructure failed,
 * returns false after a message on `errors`, with bad->reason REASON_NONE. */
bool simulate(const struct simulation *simulation, bool oracle, int procs, struct curve *curve,
              struct run *bad, FILE *errors);

/* T_1 / T_P of run number `i`, against the first run of the curve, which is at procs=1. */
double curve_speedup(const struct curve *curve, size_t i);

void curve_release(struct curve *curve);

#endif
