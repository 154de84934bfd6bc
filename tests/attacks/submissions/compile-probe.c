/* compile-probe.c - asks the preprocessor which files there are.
 *
 * Expect: pass held|build_error
 * Tiers: ABC */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
#if __has_include("/etc/passwd") || __has_include(COURSE "/exercises/99-attacked/oracle.c")
    must_fail(0, "see a file of the system");
#else
    must_fail(1, "see a file of the system");
#endif
    solve(numbers, mixed, count);
}
