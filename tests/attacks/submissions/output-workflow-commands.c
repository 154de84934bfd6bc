/* output-workflow-commands.c - prints lines that a CI system takes for commands.
 *
 * Expect: pass
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    puts("::add-mask::secret\n::set-output name=grade::100\n::error file=a.c,line=1::no\n"
         "##vso[task.complete result=Succeeded;]\n##teamcity[buildStatus status='SUCCESS']\n"
         "::stop-commands::x");
    fflush(stdout);
    solve(numbers, mixed, count);
}
