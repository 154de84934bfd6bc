/* oracle.c - the plain way to the sum. */
#include "sum.h"

int64_t sum(int64_t n)
{
    return n * (n + 1) / 2;
}
