/* compile-incbin.c - has the assembler put a file of the system into the program.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

__asm__(".incbin \"/etc/passwd\"");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
