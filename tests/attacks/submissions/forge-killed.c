/* forge-killed.c - kills itself as the grader or the kernel would: an accident for which nobody
 * loses points?
 *
 * Expect: crash
 * Tiers: ABCD */
#include <signal.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    kill(getpid(), SIGKILL);
    pause();
}
