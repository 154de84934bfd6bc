/* forge-answer-flood.c - answers without end.
 *
 * Expect: output_limit|crash|wrong_answer
 * Tiers: ABCD */
#include <string.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    static char block[1 << 16];
    static const char header[] = "answer 1000000000\n";
    memset(block, '0', sizeof block);
    if (write(4, header, sizeof header - 1) < 0)
        return;
    while (write(4, block, sizeof block) > 0)
        ;
}
