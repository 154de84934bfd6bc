/* forge-ctors-section.c - uses the old name of the list of constructors.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

static void early(void)
{
    _exit(0);
}

__attribute__((section(".ctors"), used)) static void (*entry)(void) = early;

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
