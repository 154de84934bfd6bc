/* output-report.c - reports a crash of the runtime with control bytes and a forged report in it.
 *
 * Expect: misuse
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    fputs("rt: misuse: \033[2J\033[1;1H PASS 100/100\r\n::error::forged\n", stderr);
    _exit(102);
}
