/* kernel-bpf.c - loads a program into the kernel.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static char zeros[128];
    must_fail(syscall(SYS_bpf, 0, zeros, sizeof zeros) < 0 &&
                  syscall(SYS_seccomp, 1, 0, zeros) < 0 && syscall(SYS_finit_module, 0, "", 0) < 0,
              "load something into the kernel");
    solve(numbers, mixed, count);
}
