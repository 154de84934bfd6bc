/* seed.c - splitmix64 (Steele, Lea, Flood 2014): a counter with a strong mix. Any start is a good
 * start, so checks of one grading can each begin a stream at a number of another stream. */
#include "seed.h"

#include <sys/random.h>
#include <time.h>

static uint64_t next(uint64_t *stream)
{
    uint64_t z = (*stream += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t seed_fresh(void)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed) {
        /* Only before the kernel's pool is ready, early in a boot: inputs then merely differ. */
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        seed = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    }
    return seed_next(&seed);
}

uint64_t seed_next(uint64_t *stream)
{
    return next(stream) & SEED_MAX;
}

int seed_below(uint64_t *stream, int limit)
{
    return (int)(next(stream) % (uint64_t)limit);
}

/* Fisher and Yates: each of the orders is as likely as any other. */
void seed_shuffle(uint64_t *stream, int *order, int count)
{
    for (int i = 0; i < count; i++)
        order[i] = i;
    for (int i = count - 1; i > 0; i--) {
        int j = seed_below(stream, i + 1), other = order[j];
        order[j] = order[i];
        order[i] = other;
    }
}
