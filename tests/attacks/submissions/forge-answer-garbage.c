/* forge-answer-garbage.c - sends bytes that are no protocol at all.
 *
 * Expect: crash
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    static const char garbage[] = "\0\377\r\nready\nseed 1\ngo\n\0";
    if (write(4, garbage, sizeof garbage) < 0)
        return;
    _exit(0);
}
