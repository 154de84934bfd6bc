/* undisturbed.c - takes out of a time what other programs have put into it.
 *
 * The kernel knows for how long each thread was able to run and had no CPU. Where procs take their
 * work as they come to it, what they stand in line for together makes all of it late by the share
 * of one. (Where each has its own part from the beginning, the most delayed one decides, and too
 * little is taken out.)
 *
 * A task that was stopped so that others get a turn stands in line, too, in its thread, while
 * another one runs on its proc: that is no loss. So what was computed, shared by all procs, is the
 * least that a run can take.
 *
 * This is for what explains and illustrates. Nobody is graded by it: a submission could make its
 * threads stand in line as long as it likes. */
#include "undisturbed.h"

#include <stdio.h>

bool undisturbed_read(const char *text, int procs, struct undisturbed *run)
{
    double clock_ns, computed_ns, queued_ns;
    if (sscanf(text, "%lf %lf %lf", &clock_ns, &computed_ns, &queued_ns) != 3)
        return false;
    double least_ns = computed_ns / procs, without_ns = clock_ns - queued_ns / procs;
    run->clock = 1e-9 * (without_ns > least_ns ? without_ns : least_ns);
    run->disturbed = 1e-9 * clock_ns;
    run->computed = 1e-9 * computed_ns;
    return true;
}
