/* read-hidden-files.c - reads the oracle, the harness, the lesson and the grader.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char *const paths[] = {COURSE "/exercises/99-attacked/oracle.c",
                                        COURSE "/exercises/99-attacked/harness.c",
                                        COURSE "/lessons/99-attacked/lesson.yaml",
                                        COURSE "/build/barista",
                                        COURSE "/build/libbarista.a",
                                        "exercises/99-attacked/oracle.c"};
    const char *opened = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        opened = open(paths[i], O_RDONLY, 0600) < 0 ? opened : paths[i];
    must_fail(!opened, opened ? opened : "open one of the files");
    solve(numbers, mixed, count);
}
