/* forge-answer-length.c - announces an answer of nearly endless length.
 *
 * Expect: output_limit|crash|timeout|wrong_answer
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    static const char header[] = "answer 99999999999999999999\n";
    if (write(4, header, sizeof header - 1) < 0)
        return;
    for (;;)
        pause();
}
