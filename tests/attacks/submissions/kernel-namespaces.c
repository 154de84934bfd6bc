/* kernel-namespaces.c - makes namespaces, in which it is root.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(unshare(CLONE_NEWUSER) < 0 && unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWNET) < 0 &&
                  setns(0, 0) < 0 && syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0) < 0,
              "make a namespace");
    solve(numbers, mixed, count);
}
