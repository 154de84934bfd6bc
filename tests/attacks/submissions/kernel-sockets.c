/* kernel-sockets.c - talks over a network, or to services of this machine.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/socket.h>
#include <unistd.h>

#include "attacked.h"

static int cannot(int family, int type)
{
    return socket(family, type, 0) < 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(cannot(AF_INET, SOCK_STREAM) && cannot(AF_INET6, SOCK_DGRAM) &&
                  cannot(AF_UNIX, SOCK_STREAM) && cannot(AF_NETLINK, SOCK_RAW) &&
                  cannot(AF_PACKET, SOCK_RAW) && cannot(AF_VSOCK, SOCK_STREAM) &&
                  cannot(AF_ALG, SOCK_SEQPACKET) && cannot(AF_BLUETOOTH, SOCK_RAW),
              "open a socket");
    solve(numbers, mixed, count);
}
