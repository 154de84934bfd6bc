/* kernel-splice.c - moves data by calls that never touch its memory.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    char byte = 0;
    struct iovec piece = {&byte, 1};
    must_fail(vmsplice(4, &piece, 1, SPLICE_F_GIFT) < 0 && tee(3, 4, 1, SPLICE_F_NONBLOCK) < 0 &&
                  splice(3, NULL, 4, NULL, 1, SPLICE_F_NONBLOCK) < 0,
              "move data past itself");
    solve(numbers, mixed, count);
}
