/* forge-define-main.c - brings a main() of its own.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

int main(void)
{
    return 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
