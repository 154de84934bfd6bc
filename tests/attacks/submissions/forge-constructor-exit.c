/* forge-constructor-exit.c - ends the program with status 0 before main().
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

__attribute__((constructor)) static void early(void)
{
    _exit(0);
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
