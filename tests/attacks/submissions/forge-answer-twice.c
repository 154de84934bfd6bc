/* forge-answer-twice.c - sends an empty answer first, so that the real one comes after the clock
 * has stopped.
 *
 * Expect: wrong_answer|crash
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char forged[] = "answer 0\n";
    if (write(4, forged, sizeof forged - 1) < 0)
        return;
    solve(numbers, mixed, count);
}
