/* process-parent-in-proc.c - looks into its parent by way of /proc: memory, environment,
 * descriptors, command line.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char *const names[] = {"mem", "environ", "cmdline", "maps", "fd/0", "root", "cwd"};
    char path[64];
    int opened = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "/proc/%d/%s", (int)getppid(), names[i]);
        opened += open(path, O_RDONLY) >= 0;
    }
    must_fail(opened == 0, "look into its parent");
    solve(numbers, mixed, count);
}
