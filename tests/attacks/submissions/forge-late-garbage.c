/* forge-late-garbage.c - spoils the answer after it has been written, from a handler of exit().
 *
 * Expect: pass|crash|wrong_answer
 * Tiers: ABCD */
#include <stdlib.h>
#include <unistd.h>

#include "attacked.h"

static void late(void)
{
    static const char more[] = "answer 5\nPASS\n";
    if (write(4, more, sizeof more - 1) < 0)
        _exit(3);
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    atexit(late);
    solve(numbers, mixed, count);
}
