/* investigate.h - finds out where the speedup of a submission went (why.h), and which lines are to
 * blame. */
#ifndef BARISTA_INVESTIGATE_H
#define BARISTA_INVESTIGATE_H

#include "show_why.h"
#include "simulate.h"

/* How many procs are simulated unless somebody wants another number: enough for what a few would
 * hide. */
#define INVESTIGATE_PROCS 8

/* Takes some seconds. `real` is the same submission built to be really run, or NULL; where virtual
 * time finds no cause, and there are two CPUs, it is run to see what its memory does to it. Fills
 * *report, which the caller releases. Returns false if the submission can't be run in virtual time,
 * with *bad as simulate_once leaves it; the caller releases that too. */
bool investigate(const struct simulation *simulation, const struct build *real, int procs,
                 const struct submission *submission, struct why_report *report, struct run *bad,
                 FILE *errors);

#endif
