/* write-its-program.c - changes its own program, so that the next run does something else.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    must_fail(open(path, O_WRONLY) < 0 && truncate(path, 0) < 0 && unlink(path) < 0 &&
                  chmod(path, 0) < 0 && rename(path, "/tmp/x") < 0,
              "change its program");
    solve(numbers, mixed, count);
}
