/* stack.h - the stacks of tasks: reserved in large regions, committed page by page as they are
 * used, each with a guard page at its low end.
 *
 *     low address                                                     high address
 *     | guard page | ...never touched: costs nothing... | pages in use | frame of the task |
 *                                                                      ^ top (rt__stack)
 */
#ifndef RT_STACK_H
#define RT_STACK_H

#include <stdbool.h>
#include <stddef.h>

/* The address just above a stack: stacks grow down from it. */
typedef char *rt__stack;

/* Bytes of address space a stack takes, guard page included. printf and friends need under 8 KiB, a
 * student's recursion may need some more; every doubling costs a parked task 128 bytes of page
 * table. The main task has RT__MAIN_STACK_BYTES, since code moved into it from main() expects a
 * large one. */
#define RT__STACK_BYTES ((size_t)64 << 10)
#define RT__MAIN_STACK_BYTES ((size_t)8 << 20)
#define RT__GUARD_BYTES ((size_t)4096)

/* A few stacks at hand for one proc: no lock, and most likely still in its cache. */
#define RT__MAGAZINE_STACKS 32
struct rt__magazine {
    int reserved; /* stacks promised to this proc's future tasks */
    int count;
    rt__stack stacks[RT__MAGAZINE_STACKS];
};

/* Promises a stack to a task that is being spawned, so that the spawn can fail and not the task's
 * first run: maps address space for it if there are more tasks than stacks. False when there is no
 * more. The end of the task gives the promise back. */
bool rt__stack_reserve(struct rt__magazine *magazine);
void rt__stack_unreserve(struct rt__magazine *magazine);

/* Takes a stack; NULL when out of memory. The contents are undefined. */
rt__stack rt__stack_get(struct rt__magazine *magazine);

/* Gives one back. The running code must not stand on it. */
void rt__stack_put(struct rt__magazine *magazine, rt__stack stack);

/* The main task's stack, made by itself; NULL when out of memory. */
rt__stack rt__stack_main_new(void);

/* Unmaps all stacks, or, with `keep`, forgets them: code still stands on one. */
void rt__stack_release_all(bool keep);

/* Makes all stacks as good as new: the next run takes the same ones in the same order. Nobody
 * stands on one. */
void rt__stack_rewind(void);

#endif
