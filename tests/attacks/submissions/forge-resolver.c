/* forge-resolver.c - has the loader run code in order to choose a function (ifunc).
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

static int one(void)
{
    return 1;
}

static void *choose(void)
{
    if (getpid() == 0)
        _exit(0);
    return (void *)one;
}

int chosen(void) __attribute__((ifunc("choose")));

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
