/* forge-answer-negative.c - announces an answer of negative length.
 *
 * Expect: crash|wrong_answer
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    static const char header[] = "answer -1\nx\n";
    if (write(4, header, sizeof header - 1) < 0)
        return;
    _exit(0);
}
