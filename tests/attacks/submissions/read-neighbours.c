/* read-neighbours.c - looks around where the program itself lies: its source, its objects, the
 * oracle's program.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char *const names[] = {
        "/../trusted/oracle", "/../trusted/oracle.o", "/../source", "/../student", "/..", ""};
    char folder[4096], path[5000];
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[length > 0 ? length : 0] = '\0';
    if (strrchr(folder, '/'))
        *strrchr(folder, '/') = '\0';
    int opened = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        opened += open(path, O_RDONLY) >= 0;
    }
    must_fail(opened == 0, "open what lies beside it");
    solve(numbers, mixed, count);
}
