/* process-exec-compiler.c - runs the compiler, the linker, and the program that holds the sandbox.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <unistd.h>

#include "attacked.h"

static int run(const char *path)
{
    char *argv[] = {(char *)path, "canaries", NULL}, *none[] = {NULL};
    return execve(path, argv, none) < 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(run("/usr/bin/cc") && run("/usr/bin/ld") && run("/usr/bin/bwrap") &&
                  run(COURSE "/build/barista-inside"),
              "run them");
    solve(numbers, mixed, count);
}
