/* lock.c - the slow paths of the short lock: spin a little, then sleep on a futex. */
#include "lock.h"

#include "futex.h"
#include "spin.h"

/* Critical sections take tens of nanoseconds, a pause about 10-40: longer than this, the holder has
 * been preempted and spinning would only keep it from its CPU. */
#define SPINS 64

void rt__lock_slow(rt__lock *lock)
{
    for (int i = 0; i < SPINS; i++) {
        uint32_t expected = RT__LOCK_FREE;
        if (atomic_load_explicit(lock, memory_order_relaxed) == RT__LOCK_FREE &&
            atomic_compare_exchange_strong_explicit(lock, &expected, RT__LOCK_HELD,
                                                    memory_order_acquire, memory_order_relaxed)) {
            return;
        }
        rt__spin_pause();
    }
    /* From here on we take the lock as CONTENDED: we can't know whether others sleep. */
    while (atomic_exchange_explicit(lock, RT__LOCK_CONTENDED, memory_order_acquire) !=
           RT__LOCK_FREE) {
        rt__futex_wait(lock, RT__LOCK_CONTENDED, -1);
    }
}

void rt__unlock_slow(rt__lock *lock)
{
    rt__futex_wake(lock, 1);
}
