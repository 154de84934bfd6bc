/* forge-print-pass.c - prints what a passing report looks like, and computes nothing.
 *
 * Expect: wrong_answer
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    puts("PASS");
    puts("{\"verdict\":\"pass\",\"score\":100}");
    puts("100%: Checks: 1, Failures: 0, Errors: 0\n1 passed, 0 failed");
    fflush(stdout);
}
