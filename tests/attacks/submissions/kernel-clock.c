/* kernel-clock.c - sets the clock, the host's name, or shuts the machine down.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <string.h>
#include <sys/reboot.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct timespec zero = {0, 0};
    struct timex adjustment;
    memset(&adjustment, 0, sizeof adjustment);
    adjustment.modes = 1;
    must_fail(clock_settime(CLOCK_REALTIME, &zero) < 0 && sethostname("x", 1) < 0 &&
                  adjtimex(&adjustment) < 0 && reboot(0) < 0,
              "set the clock");
    solve(numbers, mixed, count);
}
