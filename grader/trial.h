/* trial.h - single runs of a check's two programs, and what a bad run means for the check. */
#ifndef BARISTA_TRIAL_H
#define BARISTA_TRIAL_H

#include "build.h"
#include "run.h"

/* What the runs of one check have in common. Everything is borrowed. */
struct trial {
    const struct lesson *lesson;
    const struct check *check;
    const struct build *build;
    const struct cpus *cpus;
    const struct sandbox *sandbox;
    int procs;              /* N; may exceed the number of CPUs */
    const char *submission; /* as the user gave it, or NULL; for the command that repeats a run */
};

/* Runs the oracle at procs=1. Returns false, after a message on `errors`, when it did not
 * answer: that is the lesson's fault or the machine's. The caller releases the run either way. */
bool trial_oracle(const struct trial *trial, uint64_t seed, struct run *run, FILE *errors);

/* Runs the oracle on each of the trial's N CPUs at the same time. *seconds: until the last of them
 * has answered. Returns false as trial_oracle does. */
bool trial_oracles(const struct trial *trial, uint64_t seed, double *seconds, FILE *errors);

/* Runs the submission at `procs`, without judging how it ended. Returns false as run_program
 * does. */
bool trial_submission(const struct trial *trial, uint64_t seed, int procs, bool leaks,
                      struct run *run, FILE *errors);

/* Compares a run with the oracle's. True if it ended well with the same answer; otherwise
 * settles `result` as failed, with the reason and the explanation. `before_passed`: a run on
 * fewer procs, with the same input, was right. */
bool trial_judge(const struct trial *trial, uint64_t seed, int procs, bool before_passed,
                 const struct run *run, const struct run *oracle, struct check_result *result);

#endif
