/* fake_program.h - shell scripts that speak the protocol of exercises/exercise.h, in place of built
 * programs: they do what a test wants to see, in a certain run if need be. */
#ifndef FAKE_PROGRAM_H
#define FAKE_PROGRAM_H

#include "trial.h"

/* Writes an executable script into the working directory. `body` runs once the input has come;
 * it finds $seed and $RT_PROCS, and calls `answer TEXT`, in which \n is a new line. */
void fake_program(const char *name, const char *body);

/* The trial of a check in which ./oracle and ./program are those scripts. It borrows `check`;
 * all else lives as long as the test program. */
struct trial fake_trial(const struct check *check, int procs);

#endif
