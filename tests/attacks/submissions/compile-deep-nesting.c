/* compile-deep-nesting.c - nests so deeply that the compiler runs out of stack.
 *
 * Expect: build_error|pass
 * Tiers: ABCD */
#include "attacked.h"

#define P(x) (((((((((((((((((((((((((((((((((x)))))))))))))))))))))))))))))))))
#define Q(x) P(P(P(P(P(P(P(P(P(P(P(P(P(P(P(P(x))))))))))))))))
#define R(x) Q(x) Q
int deep = R(R(R(R(R(1)))));

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
