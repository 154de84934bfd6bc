/* simulated.h - what a run in virtual time came to, as the program itself has written it: one line
 * of JSON (runtime/sim/result.c). It comes from code that a student could have tampered with, so it
 * is read as strictly as anything else from there. It explains and illustrates; no point is given
 * for it alone. */
#ifndef BARISTA_SIMULATED_H
#define BARISTA_SIMULATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "figures.h"
#include "states.h"

/* A lock that was held. */
struct simulated_lock {
    char *object; /* owned; what the source calls it */
    char *place;  /* owned; where it is taken to be held longest */
    char *first;  /* owned; where it was first taken, which stands for the lock */
    int64_t held_ps, taken, contended;
    bool is_signal; /* a semaphore that tells something, rather than keeps others out */
};

/* At most so many calls lead to a place in code. */
#define SIMULATED_FRAMES 8

/* A place that lost time belongs to. */
struct simulated_place {
    char *site;                     /* owned; of a call, "file.c:31"; NULL: code, which is */
    int64_t code[SIMULATED_FRAMES]; /* at these addresses in the program, innermost first */
    int frames;
    char *passed_at; /* owned; see `passed`; NULL if nothing was */
#define SIMULATED_FIGURE(name, what) int64_t name;
    RT__PLACE_FIGURES(SIMULATED_FIGURE)
};

/* One run. */
struct simulated_run {
    int procs;
    int64_t spent_ps[RT__STATES_COUNT]; /* all procs together: sums to procs x time */
    RT__RUN_FIGURES(SIMULATED_FIGURE)
#undef SIMULATED_FIGURE
    struct simulated_lock *locks; /* owned; held longest first */
    size_t locks_count;
    struct simulated_place *places; /* owned; sites, then code; the weightiest first */
    size_t places_count;
};

/* The name of a state in JSON and on the screen: "user", "idle_lock". */
const char *simulated_state(enum rt__state state);

/* Reads the result of a run on `procs`. False if `text` is not one; `run` is empty then. */
bool simulated_read(const char *text, int procs, struct simulated_run *run);

void simulated_release(struct simulated_run *run);

#endif
