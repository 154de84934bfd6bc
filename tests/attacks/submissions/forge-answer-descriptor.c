/* forge-answer-descriptor.c - writes an answer of its own to the descriptor of answers, by a raw
 * system call and without a symbol, and leaves.
 *
 * Expect: wrong_answer
 * Tiers: ABCD */
#include <sys/syscall.h>

#include "attacked.h"

static long raw(long number, long a, long b, long c)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c)
                     : "rcx", "r11", "memory");
    return result;
#else
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
#endif
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    static const char forged[] = "answer 17\n0000000000000000\n";
    raw(SYS_write, 4, (long)forged, sizeof forged - 1);
    raw(SYS_exit_group, 0, 0, 0);
}
