/* write-descriptors.c - writes to every descriptor that it has inherited beyond its own.
 *
 * Expect: pass held
 * Tiers: ABCD */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    int written = 0;
    for (int i = 5; i < 4096; i++)
        if (fcntl(i, F_GETFD) >= 0 && (fcntl(i, F_GETFD) & FD_CLOEXEC) == 0)
            written += write(i, "PASS", 4) == 4;
    must_fail(written == 0, "write to a descriptor of the grader");
    solve(numbers, mixed, count);
}
