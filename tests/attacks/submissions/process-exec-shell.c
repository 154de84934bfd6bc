/* process-exec-shell.c - runs a shell, or what else the system has.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <unistd.h>

#include "attacked.h"

static int run(const char *path)
{
    char *argv[] = {(char *)path, "-c", "echo BREACH: a shell", NULL}, *none[] = {NULL};
    return execve(path, argv, none) < 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(run("/bin/sh") && run("/usr/bin/env") && run("/bin/busybox") &&
                  run("/usr/bin/python3"),
              "run a program of the system");
    solve(numbers, mixed, count);
}
