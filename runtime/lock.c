/* lock.c - the slow paths of the short lock: spin a little, then sleep on a futex. */
#include "lock.h"

#include "futex.h"
#include "spin.h"

/* Pauses between two looks at a held lock, of 10 to 40 ns each. Each look takes the cache line away
 * from the holder, which waits for it longer than its critical section takes. So looks begin late,
 * and come ever more seldom: where two procs are at one channel all the time, each has the lock for
 * a few operations then, and not for one (a third of the time for an operation). After some
 * microseconds the holder must have been preempted, and spinning would only keep it from its
 * CPU. */
#define PAUSES_MIN 8
#define PAUSES_MAX 128

void rt__lock_slow(rt__lock *lock)
{
    for (int pauses = PAUSES_MIN; pauses <= PAUSES_MAX; pauses *= 2) {
        for (int i = 0; i < pauses; i++) {
            rt__spin_pause();
        }
        uint32_t expected = RT__LOCK_FREE;
        if (atomic_load_explicit(lock, memory_order_relaxed) == RT__LOCK_FREE &&
            atomic_compare_exchange_strong_explicit(lock, &expected, RT__LOCK_HELD,
                                                    memory_order_acquire, memory_order_relaxed)) {
            return;
        }
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
