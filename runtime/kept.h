/* kept.h - memory that the runtime keeps from one run to the next: descriptors and stacks.
 *
 * It is malloc, but for the exploration of schedules. That runs a program thousands of times, and
 * takes back all that was allocated in between - channels and groups as well as the program's own
 * blocks - by putting one pointer back (explore/heap.h). What is to outlive that must come from
 * elsewhere. */
#ifndef RT_KEPT_H
#define RT_KEPT_H

#include <stddef.h>

#if defined(RT__ONE_THREAD)

void *rt__kept_new(size_t alignment, size_t bytes);
void rt__kept_free(void *memory);

#else

#include <stdlib.h>

static inline void *rt__kept_new(size_t alignment, size_t bytes)
{
    return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

static inline void rt__kept_free(void *memory)
{
    free(memory);
}

#endif

#endif
