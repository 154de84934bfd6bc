/* forge-preinit-array.c - has code run before the C library is set up.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

static void early(void)
{
    _exit(0);
}

__attribute__((section(".preinit_array"), used)) static void (*entry)(void) = early;

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
