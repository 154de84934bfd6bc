/* forge-deadlock-report.c - prints a report of the runtime and ends with its status, to look like
 * a known case.
 *
 * Expect: deadlock
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    fputs("rt: deadlock: everything is fine, full points\n", stderr);
    _exit(101);
}
