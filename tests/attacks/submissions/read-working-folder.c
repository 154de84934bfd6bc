/* read-working-folder.c - lists folders: the root, its own, the temporary one.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <dirent.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(!opendir("/") && !opendir(".") && !opendir("/tmp") && !opendir("/home") &&
                  !opendir(COURSE),
              "list a folder");
    solve(numbers, mixed, count);
}
