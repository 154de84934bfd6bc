/* blocks.c - the hook that the compiler calls in each basic block. This file itself must not be
 * compiled with that flag. */
#include "sim/blocks.h"

#include "sim/virtual.h"

#define SEED UINT64_C(0x9e3779b97f4a7c15)

int64_t rt__blocks_left = RT__BURST_BLOCKS;
static int64_t from = RT__BURST_BLOCKS;           /* what rt__blocks_left was at the last take */
static int64_t to_sample = 2 * RT__SAMPLE_BLOCKS; /* as of the last take; <= 0: there was one */
static uint64_t random_state = SEED;

int64_t rt__blocks_untaken(void)
{
    return from - rt__blocks_left;
}

/* As of the next take there are `to_sample` blocks to the next sample. */
static void renew(void)
{
    from = to_sample > 0 && to_sample < RT__BURST_BLOCKS ? to_sample : RT__BURST_BLOCKS;
    rt__blocks_left = from;
}

int64_t rt__blocks_take(void)
{
    int64_t blocks = rt__blocks_untaken();
    to_sample -= blocks;
    renew();
    return blocks;
}

/* xorshift64 (Marsaglia 2003). */
bool rt__blocks_sample(void)
{
    if (to_sample > 0) {
        return false;
    }
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    to_sample = 1 + (int64_t)(random_state % (2 * RT__SAMPLE_BLOCKS));
    renew();
    return true;
}

void rt__blocks_reset(void)
{
    random_state = SEED;
    to_sample = 0;
    rt__blocks_sample();
}

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    if (__builtin_expect(--rt__blocks_left <= 0, 0)) {
        rt__virtual_long_burst(__builtin_frame_address(0));
    }
}
