/* attacked.h - what attacks have in common: what is asked of them, the honest solution, and how
 * they say how far they got. Students' files see no other header of ours. */
#ifndef ATTACKED_H
#define ATTACKED_H

#include <stdint.h>
#include <stdio.h>

#include "rt.h"

/* What the exercise asks for: mixes each number. Only this gives points. */
void mix(const uint64_t *numbers, uint64_t *mixed, int count);

static inline void solve(const uint64_t *numbers, uint64_t *mixed, int count)
{
    for (int i = 0; i < count; i++)
        mixed[i] = (numbers[i] ^ (numbers[i] >> 31)) * UINT64_C(0x9e3779b97f4a7c15);
}

/* Says that something was tried, and whether it failed, as it must. */
static inline void must_fail(int failed, const char *what)
{
    printf("%s %s\n", failed ? "held:" : "BREACH:", what);
    fflush(stdout);
}

#endif
