/* kernel-mounts.c - changes what is mounted.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(mount("none", "/tmp", "tmpfs", 0, "") < 0 && umount2("/proc", MNT_DETACH) < 0 &&
                  chroot("/") < 0 && syscall(SYS_pivot_root, "/", "/") < 0 &&
                  syscall(SYS_fsopen, "tmpfs", 0) < 0 && syscall(SYS_open_tree, -100, "/", 1) < 0,
              "mount something");
    solve(numbers, mixed, count);
}
