/* kernel-keys.c - keeps something in the kernel's keyring for its next run.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(syscall(SYS_add_key, "user", "barista", "x", 1, -4) < 0 &&
                  syscall(SYS_keyctl, 0, -4, 1) < 0 &&
                  syscall(SYS_request_key, "user", "barista", "", -4) < 0,
              "keep a key");
    solve(numbers, mixed, count);
}
