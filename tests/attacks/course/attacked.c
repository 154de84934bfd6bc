/* attacked.c - the untouched exercise. */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers;
    (void)mixed;
    (void)count;
}
