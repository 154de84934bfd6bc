/* compile-assembler-include.c - has the assembler read a file of the system.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

__asm__(".include \"/etc/passwd\"");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
