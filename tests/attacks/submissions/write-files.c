/* write-files.c - keeps something for its next run.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char *const paths[] = {"/tmp/barista-attack",
                                        "/var/tmp/barista-attack",
                                        "/dev/shm/barista-attack",
                                        "/barista-attack",
                                        "barista-attack",
                                        COURSE "/barista-attack",
                                        COURSE "/tmp/barista-attack",
                                        "/usr/lib/barista-attack",
                                        "/run/barista-attack"};
    const char *opened = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        opened = open(paths[i], O_WRONLY | O_CREAT, 0600) < 0 ? opened : paths[i];
    must_fail(!opened, opened ? opened : "open one of the files");
    solve(numbers, mixed, count);
}
