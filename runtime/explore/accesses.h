/* accesses.h - accesses to plain memory, and the data races among them.
 *
 * Two accesses to the same byte race if different tasks make them, one of them writes, not both are
 * atomic, and neither comes before the other (clocks.h). That doesn't depend on which of them came
 * first in this schedule, so most races are seen in nearly every schedule. */
#ifndef RT_EXPLORE_ACCESSES_H
#define RT_EXPLORE_ACCESSES_H

#include <stddef.h>

#include "explore/schedule.h"

enum { RT__READS = 0, RT__WRITES = 1, RT__ATOMIC = 2 };

/* A schedule begins: nothing has been accessed. */
void rt__accesses_begin(void);

/* The running task accesses so many bytes; `how` is one of the above, or both of the last two. */
void rt__access(uintptr_t address, size_t bytes, unsigned how, rt__place place);

#endif
