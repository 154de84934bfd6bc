/* forge-define-write.c - replaces the call by which answers are sent.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <stddef.h>
#include <sys/types.h>

#include "attacked.h"

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    (void)descriptor, (void)bytes;
    return (ssize_t)size;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
