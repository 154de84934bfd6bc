/* blocks.h - counts the basic blocks that the student's code runs, which is how virtual time passes.
 *
 * The student's files are compiled with -fsanitize-coverage=trace-pc: each basic block then calls
 * __sanitizer_cov_trace_pc(). Counting is the same in every run, with addresses random or not, where time
 * and the CPU's counters are not. */
#ifndef RT_SIM_BLOCKS_H
#define RT_SIM_BLOCKS_H

#include <stdint.h>

/* A burst of this many blocks is interrupted: a task that spins must not stop virtual time. */
#define RT__BLOCKS_BUDGET 10000

/* How many blocks are left before that; counted down. */
extern int64_t rt__blocks_left;

/* How many have run since the last call. */
static inline int64_t rt__blocks_take(void)
{
    int64_t blocks = RT__BLOCKS_BUDGET - rt__blocks_left;
    rt__blocks_left = RT__BLOCKS_BUDGET;
    return blocks;
}

#endif
