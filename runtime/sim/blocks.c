/* blocks.c - the hook that the compiler calls in each basic block. This file itself must not be compiled with
 * that flag. */
#include "sim/blocks.h"

#include "sim/virtual.h"

int64_t rt__blocks_left = RT__BLOCKS_BUDGET, rt__blocks_taken = RT__BLOCKS_BUDGET;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    if (__builtin_expect(--rt__blocks_left <= 0, 0)) {
        rt__virtual_long_burst(__builtin_return_address(0));
    }
}
