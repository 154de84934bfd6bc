/* forge-symbol-version.c - defines a versioned name of a function in the C library.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include "attacked.h"

int mine(void)
{
    return 1;
}
__asm__(".symver mine, getpid@@GLIBC_2.2.5");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
