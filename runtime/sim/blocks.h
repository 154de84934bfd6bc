/* blocks.h - counts the basic blocks that the student's code runs, which is how virtual time
 * passes.
 *
 * The student's files are compiled with -fsanitize-coverage=trace-pc: each basic block then calls
 * __sanitizer_cov_trace_pc(). Counting is the same in every run, with addresses random or not,
 * where time and the CPU's counters are not. */
#ifndef RT_SIM_BLOCKS_H
#define RT_SIM_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

/* A burst of so many blocks is interrupted: a task that spins must not stop virtual time. */
#define RT__BURST_BLOCKS 10000

/* What code runs how much is told by samples, so many blocks apart on the average. The distances
 * are random, and the same in every run: even ones would keep step with the bursts, and see only
 * how those end. */
#define RT__SAMPLE_BLOCKS 10000

/* How many blocks are left before the next of the two; counted down. */
extern int64_t rt__blocks_left;

/* A run begins. */
void rt__blocks_reset(void);

/* How many have run since the last take. */
int64_t rt__blocks_untaken(void);
int64_t rt__blocks_take(void);

/* After a take: whether it came to a sample. */
bool rt__blocks_sample(void);

#endif
