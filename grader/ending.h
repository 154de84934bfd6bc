/* ending.h - says why a run ended as it did. A pure function of the facts, so each way is a
 * test. */
#ifndef BARISTA_ENDING_H
#define BARISTA_ENDING_H

#include "dialogue.h"
#include "run.h"

/* Why the grader itself stopped a program. */
enum stop {
    STOP_NONE,    /* it ended by itself */
    STOP_TIME,    /* the wall clock ran out */
    STOP_OUTPUT,  /* it printed more than the limit */
    STOP_MEMORY,  /* it filled more memory than the limit */
    STOP_THREADS, /* it started more threads than any program needs */
    STOP_BROKEN   /* it sent what the protocol does not allow */
};

struct ending {
    enum stop stop;
    enum dialogue_state dialogue; /* how far it came */
    int wait_status;              /* as wait() gave it */
    double cpu_seconds;
    double peak_mb;
    bool trusted; /* as in struct run_request */
};

/* Sets reason, message, signal and exit_status of `run`. */
void ending_explain(const struct ending *ending, const struct limits *limits, struct run *run);

#endif
