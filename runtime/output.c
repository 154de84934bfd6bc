/* output.c - files that environment variables name. See output.h. */
#include "output.h"

#include <stdlib.h>
#include <string.h>

FILE *rt__output_open(const char *name, const char *mode)
{
    if (*name != '\0' && name[strspn(name, "0123456789")] == '\0') {
        return fdopen(atoi(name), mode);
    }
    char close_on_exec[4];
    snprintf(close_on_exec, sizeof close_on_exec, "%se", mode);
    return fopen(name, close_on_exec);
}
