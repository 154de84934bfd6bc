/* endless-socket-buffers.c - fills the buffers of sockets, which are the kernel's memory and no
 * process's.
 *
 * Expect: pass held
 * Tiers: ABCD */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "attacked.h"

#define MANY 1000

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static char bytes[1 << 16];
    int pairs = 0, ends[2];

    for (; pairs < MANY && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0; pairs++)
        for (int i = 0; i < 2; i++)
            while (write(ends[i], bytes, sizeof bytes) > 0)
                ;
    must_fail(pairs < MANY, "fill a thousand pairs of sockets");
    solve(numbers, mixed, count);
}
