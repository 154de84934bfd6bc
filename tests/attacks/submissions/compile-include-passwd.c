/* compile-include-passwd.c - includes a file of the system, whose text then stands in the
 * messages.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

#include "/etc/passwd"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
