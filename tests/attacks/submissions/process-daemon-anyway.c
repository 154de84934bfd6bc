/* process-daemon-anyway.c - leaves processes behind even where nothing forbids it: they must be
 * gone when the grading ends.
 *
 * Expect: pass|crash|timeout
 * Tiers: ABCD */
#include <signal.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    for (int i = 0; i < 3; i++) {
        if (fork() == 0) {
            setsid();
            if (fork() == 0)
                for (;;)
                    pause();
            _exit(0);
        }
    }
    solve(numbers, mixed, count);
}
