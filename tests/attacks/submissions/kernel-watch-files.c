/* kernel-watch-files.c - watches what others do with files.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/fanotify.h>
#include <sys/inotify.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(inotify_init1(0) < 0 && fanotify_init(0, 0) < 0, "watch files");
    solve(numbers, mixed, count);
}
