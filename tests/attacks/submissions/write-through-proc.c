/* write-through-proc.c - reaches files by the magic links of /proc.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(open("/proc/self/root/etc/passwd", O_RDONLY) < 0 &&
                  open("/proc/self/cwd/etc/passwd", O_RDONLY) < 0 &&
                  open("/proc/self/exe", O_RDWR) < 0 &&
                  open("/proc/self/oom_score_adj", O_RDWR) < 0,
              "get out by /proc/self");
    solve(numbers, mixed, count);
}
