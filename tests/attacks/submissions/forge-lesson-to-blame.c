/* forge-lesson-to-blame.c - ends with the status that says "the lesson is wrong", for which nobody
 * loses points.
 *
 * Expect: crash
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    _exit(110);
}
