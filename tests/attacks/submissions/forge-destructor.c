/* forge-destructor.c - ends the program with status 0 when it ends, whatever happened.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

__attribute__((destructor)) static void late(void)
{
    _exit(0);
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
