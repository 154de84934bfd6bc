/* indifferent.c - what virtual time does not care about: which step comes before which, what could
 * come first (observe.h), and where the runtime keeps its memory between runs (kept.h). */
#include <stdlib.h>

#include "kept.h"
#include "observe.h"

void rt__observe_release(const void *at)
{
    (void)at;
}

void rt__observe_acquire(const void *at)
{
    (void)at;
}

void rt__observe_release_of(const struct rt__task *parked, const void *at)
{
    (void)parked, (void)at;
}

void rt__observe_meet(const struct rt__task *parked)
{
    (void)parked;
}

void rt__observe_want_lock(const void *lock, bool shared, rt_site here)
{
    (void)lock, (void)shared, (void)here;
}

void rt__observe_in_vain(const void *object)
{
    (void)object;
}

void rt__observe_signal(const void *condition, rt_site here)
{
    (void)condition, (void)here;
}

void *rt__kept_new(size_t alignment, size_t bytes)
{
    return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

void rt__kept_free(void *memory)
{
    free(memory);
}
