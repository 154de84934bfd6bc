/* process-user.c - becomes another user, or takes capabilities.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{~0u, ~0u, 0}, {0, 0, 0}};
    must_fail(setuid(0) < 0 && setresuid(1, 1, 1) < 0 && setgid(0) < 0 &&
                  syscall(SYS_capset, &header, data) < 0 && prctl(PR_SET_KEEPCAPS, 1) < 0,
              "become another user");
    solve(numbers, mixed, count);
}
