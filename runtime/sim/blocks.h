/* blocks.h - counts the basic blocks that the student's code runs, which is how virtual time passes.
 *
 * The student's files are compiled with -fsanitize-coverage=trace-pc: each basic block then calls
 * __sanitizer_cov_trace_pc(). Counting is the same in every run, with addresses random or not, where time
 * and the CPU's counters are not. */
#ifndef RT_SIM_BLOCKS_H
#define RT_SIM_BLOCKS_H

#include <stdint.h>

/* Each so-manieth block calls rt__virtual_long_burst: a task that spins must not stop virtual time. What code
 * that is tells, on the whole, which code has run how much. */
#define RT__BLOCKS_BUDGET 10000

/* How many blocks are left before that, counted down; and as of the last take. */
extern int64_t rt__blocks_left, rt__blocks_taken;

/* How many have run since the last take. */
static inline int64_t rt__blocks_untaken(void)
{
    return rt__blocks_taken - rt__blocks_left;
}

static inline int64_t rt__blocks_take(void)
{
    int64_t blocks = rt__blocks_untaken();
    rt__blocks_taken = rt__blocks_left;
    return blocks;
}

/* None are left, all are taken: begins anew. */
static inline void rt__blocks_renew(void)
{
    rt__blocks_left = rt__blocks_taken = RT__BLOCKS_BUDGET;
}

#endif
