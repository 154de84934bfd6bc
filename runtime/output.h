/* output.h - files that environment variables such as RT_TRACE name. */
#ifndef RT_OUTPUT_H
#define RT_OUTPUT_H

#include <stdio.h>

/* Opens it: `name` is a path, or the number of a descriptor that is open. NULL with errno if that
 * fails. */
FILE *rt__output_open(const char *name, const char *mode);

#endif
