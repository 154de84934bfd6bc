/* undisturbed.h - what a run would have taken had no other program wanted a CPU. */
#ifndef BARISTA_UNDISTURBED_H
#define BARISTA_UNDISTURBED_H

#include <stdbool.h>

/* Seconds. */
struct undisturbed {
    double clock;     /* without standing in line */
    double disturbed; /* ... with it, as the clock has it */
    double computed;  /* on all CPUs together */
};

/* Reads three numbers, which a harness got from exercises/spent.h on `procs` procs. False if `text`
 * does not begin with any. */
bool undisturbed_read(const char *text, int procs, struct undisturbed *run);

#endif
