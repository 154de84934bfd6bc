/* kernel-32-bit.c - makes a system call by the 32-bit gate.
 *
 * Expect: pass held|crash
 * Tiers: ABC */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
#if defined(__x86_64__)
    int child = 2; /* fork, there */
    __asm__ volatile("int $0x80" : "+a"(child) : : "memory", "r8", "r9", "r10", "r11");
    if (child == 0)
        _exit(0);
    must_fail(child < 0, "call fork by its 32-bit number");
#else
    must_fail(1, "there is no other gate here");
#endif
    solve(numbers, mixed, count);
}
