/* virtual.h - virtual time: a machine with any number of procs, simulated on one thread.
 *
 * Each proc has a clock, a *step* that ends at a time in the future, and the production run queue.
 * A task runs - in real time at once - up to its next point (one_thread.h). What it computed is
 * charged to the proc's clock, and the task stays at the point until all steps that end earlier
 * have been taken. Only then does the call at the point happen. So effects - unlock, send, spawn -
 * come in the order of virtual time, whatever was computed first: without this rule a burst of 10
 * ms would take a lock before one of 1 ms elsewhere.
 *
 * Invariants:
 *   - each proc is idle (rt__sched's list) or has one step; steps are taken by time, then by their
 *     order;
 *   - no step is earlier than the last that was taken;
 *   - user + scheduler + search + blocked + idle = P x T (ledger.h), at the end of each run.
 *
 * Not modelled: caches, memory bandwidth, locks of malloc and the kernel, memory that tasks share
 * without synchronisation inside a burst. */
#ifndef RT_SIM_VIRTUAL_H
#define RT_SIM_VIRTUAL_H

#include <stdint.h>

#include "sim/figures.h"
#include "sim/ledger.h"

/* The running task's clock, in picoseconds. */
int64_t rt__virtual_now(void);

/* The running task uses something that was last used on `*last_proc` (+ 1; 0: nowhere yet). */
void rt__virtual_touch(int *last_proc);

/* A burst has got long, or a sample is due (blocks.h): gives others a chance. The frame is that of
 * the counter of blocks, which the student's code has called. */
void rt__virtual_long_burst(const void *frame);

/* What a run came to. */
struct rt__virtual_result {
    int procs;
    struct rt__spent spent;
#define RT__RUN_FIGURE(name, what) int64_t name;
    RT__RUN_FIGURES(RT__RUN_FIGURE)
#undef RT__RUN_FIGURE
};

#endif
