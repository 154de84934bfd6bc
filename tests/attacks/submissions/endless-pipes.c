/* endless-pipes.c - fills the kernel with pipes, each with as much in it as it takes.
 *
 * Expect: pass
 * Tiers: ABCD */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static char block[1 << 16];
    for (int i = 0, ends[2]; i < 500 && pipe(ends) == 0; i++) {
        fcntl(ends[1], F_SETFL, O_NONBLOCK);
        if (write(ends[1], block, sizeof block) < 0)
            break;
    }
    solve(numbers, mixed, count);
}
