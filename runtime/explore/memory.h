/* memory.h - three kinds of memory, so that the program can begin anew thousands of times a second.
 *
 *   heap      what the program allocates, and the runtime on its behalf (channels, groups): malloc and its like,
 *             by the linker's --wrap. It is handed out in order and never twice in one schedule; the next
 *             schedule begins at the same address again. So addresses are the same whenever a schedule is
 *             repeated, and a block that was freed never turns up as another task's.
 *   scratch   what the exploration notes about one schedule; gone at its end.
 *   kept      all that stays: the runtime's stacks and descriptors (kept.h), and what was learned. From the C
 *             library's own malloc. */
#ifndef RT_EXPLORE_MEMORY_H
#define RT_EXPLORE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "explore/schedule.h"

/* The C library's. */
void *__real_malloc(size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
void __real_free(void *memory);

/* As realloc; ends the program when there is no memory. */
void *rt__kept_realloc(void *memory, size_t bytes);

/* Maps both, at addresses that are the same in each process if the system lets us. */
void rt__memory_start(void);

/* A schedule begins: both are empty, and the program's allocations come from the heap. It has
 * ended: they come from the C library. */
void rt__memory_open(void);
void rt__memory_close(void);

/* Zeroed, and aligned for anything. */
void *rt__scratch(size_t bytes);

/* Closes the heap for a moment, for the exploration's own needs; says whether it was open, which
 * resuming wants to know. */
bool rt__memory_pause(void);
void rt__memory_resume(bool was_open);

/* Where the program allocated the block in which this address lies; 0: in none. */
rt__place rt__heap_allocated(uintptr_t address);

/* Whether this object lies in a block that the program, or the runtime on its behalf, has freed. */
bool rt__heap_freed(const void *object);

#endif
