/* kernel-io-uring.c - has the kernel do forbidden calls for it.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    char parameters[256];
    memset(parameters, 0, sizeof parameters);
    must_fail(syscall(SYS_io_uring_setup, 4, parameters) < 0 &&
                  syscall(SYS_io_uring_enter, 0, 1, 0, 0, NULL, 0) < 0,
              "use io_uring");
    solve(numbers, mixed, count);
}
