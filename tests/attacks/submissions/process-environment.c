/* process-environment.c - finds tokens in its environment.
 *
 * Expect: pass held
 * Tiers: ABCD */
#include <stdlib.h>
#include <string.h>

#include "attacked.h"

extern char **environ;

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    const char *other = NULL;
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "RT_", 3) && strncmp(*variable, "PATH=", 5) &&
            strncmp(*variable, "LANG=", 5))
            other = *variable;
    must_fail(!other, "find a variable that is not the runtime's");
    solve(numbers, mixed, count);
}
