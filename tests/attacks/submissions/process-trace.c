/* process-trace.c - traces its parent and changes its memory.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    char bytes[8];
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)0x400000, sizeof bytes};
    must_fail(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) < 0 &&
                  ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) < 0 &&
                  ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 &&
                  process_vm_readv(getppid(), &here, 1, &there, 1, 0) < 0 &&
                  process_vm_writev(getppid(), &here, 1, &there, 1, 0) < 0,
              "reach into another process");
    solve(numbers, mixed, count);
}
