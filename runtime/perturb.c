/* perturb.c - see perturb.h. Empty in the plain build.
 *
 * What belongs to the thread is touched in here only, where no caller can see into it
 * (thread.h). */
#include "perturb.h"

#if defined(RT_PERTURB)

#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "alone.h"
#include "spin.h"
#include "thread.h"

/* A seed stands for one mixture: with rare delays everything else runs at full speed, with frequent
 * ones several threads are late at once. One mark in 2^5 to 2^12 is a delay. */
#define RARITY_LEAST 5
#define RARITIES 8

/* Longer than any sequence of steps takes, shorter than the kernel's own slice. */
#define SPINS_MAX 2000
#define SLEEP_MAX_NS 200000

/* splitmix64, as each thread needs a stream of its own that begins anywhere (Steele, Lea, Flood
 * 2014). */
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* The seed is read once; several threads that read it at a time read the same. Setting it to 0, for
 * "not read yet", would make it be read each time, no more. */
static uint64_t seed(void)
{
    static _Atomic(uint64_t) known;
    uint64_t value = atomic_load_explicit(&known, memory_order_relaxed);
    if (value == 0) {
        const char *text = getenv("RT_PERTURB_SEED");
        value = mix(text != NULL ? strtoull(text, NULL, 10) : 1);
        atomic_store_explicit(&known, value, memory_order_relaxed);
    }
    return value;
}

/* The next number of the thread's own stream. A signal handler in between may draw the same: no
 * harm. */
static uint64_t draw(void)
{
    static _Atomic(uint64_t) threads;
    static _Thread_local uint64_t state;
    if (state == 0) {
        state = mix(seed() + atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed));
    }
    state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(state);
}

static bool is_due(uint64_t drawn)
{
    uint64_t rarity = RARITY_LEAST + seed() % RARITIES;
    return drawn % (UINT64_C(1) << rarity) == 0;
}

static void be_late(uint64_t drawn)
{
    int saved = errno;
    uint64_t kind = drawn >> 60, length = drawn >> 20 & 0xffffffff;
    if (kind == 0) {
        nanosleep(&(struct timespec){.tv_nsec = (long)(length % SLEEP_MAX_NS)}, NULL);
    } else if (kind < 6) {
        sched_yield();
    } else {
        for (uint64_t spins = length % SPINS_MAX; spins > 0; spins--) {
            rt__spin_pause();
        }
    }
    errno = saved;
}

void rt__perturb_delay(void)
{
    uint64_t drawn = draw();
    if (is_due(drawn)) {
        be_late(drawn);
    }
}

bool rt__perturb_choice(void)
{
    return !rt__alone() && is_due(draw());
}

void rt__perturb_wish(void)
{
    if (rt__perturb_choice()) {
        rt__critical_wish();
    }
}

#endif
