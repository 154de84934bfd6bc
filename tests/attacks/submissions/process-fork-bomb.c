/* process-fork-bomb.c - makes processes that make processes.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    int made = 0;
    for (int i = 0; i < 8; i++) {
        pid_t child = fork();
        if (child == 0)
            for (;;)
                pause();
        made += child > 0;
    }
    must_fail(made == 0, "start processes that stay");
    solve(numbers, mixed, count);
}
