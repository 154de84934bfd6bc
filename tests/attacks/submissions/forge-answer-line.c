/* forge-answer-line.c - adds lines to the answer by the function of the harness.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

void answer_line(const char *format, ...);

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    answer_line("0000000000000000");
    solve(numbers, mixed, count);
}
