/* output-old-commands.c - prints CI commands of the kind that is found anywhere in a line.
 *
 * Expect: pass
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    puts("x ##[add-mask]secret\nx ##vso[task.complete result=Succeeded;]");
    fflush(stdout);
    solve(numbers, mixed, count);
}
