/* footprint.h - what the kernel says about the memory of processes, and about its own limits.
 *
 * For demos that ask what something costs: make many of it, look before and after, divide. What the
 * kernel does not tell (in some containers parts of /proc are hidden) counts as zero, and a limit
 * that it does not tell as none. */
#ifndef FOOTPRINT_H
#define FOOTPRINT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* What a process has of everything. */
struct footprint {
    int64_t
        filled_bytes; /* memory: its pages, its page tables, and the kernel's stacks for its threads */
    int64_t address_bytes; /* reserved addresses, filled or not */
    double mappings; /* areas of addresses, which the kernel keeps in a list for each process */
};

/* Of this process. The kernel's stacks are those of the whole machine: only a difference between
 * two looks means anything, and that moves a little when other programs start and end. */
struct footprint footprint_now(void);

/* Of a child, or of this process: only pages that it shares with nobody, and without the kernel's
 * stacks. */
struct footprint footprint_of(pid_t process);

/* The growth since `before`, divided by `count`. */
struct footprint footprint_each(struct footprint before, int64_t count);

/* How many threads this process has. */
int64_t footprint_threads(void);

/* Memory that can be had now without taking it from other programs; in a container, its own
 * rest. */
int64_t memory_free_bytes(void);

/* How many things of this footprint could exist in this process at once, and by which limit. With
 * `of_kernel` each is a thread to the kernel, as a process is, too. */
int64_t footprint_room(struct footprint each, bool of_kernel, const char **limit);

#endif
