/* forge-expected-answer.c - looks for the expected answer in all of its own memory.
 *
 * Expect: pass held
 * Tiers: ABCD */
#include <stdlib.h>
#include <string.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    int found = 0;
    uint64_t wanted = (numbers[0] ^ (numbers[0] >> 31)) * UINT64_C(0x9e3779b97f4a7c15);
    while (maps && fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        char access[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, access) != 3 || access[0] != 'r' ||
            (!strchr(line, '/') && !strstr(line, "[heap]")))
            continue;
        for (const uint64_t *word = (const uint64_t *)from; word < (const uint64_t *)to; word++)
            found += *word == wanted;
    }
    must_fail(found == 0, "find the expected answer in its memory");
    solve(numbers, mixed, count);
}
