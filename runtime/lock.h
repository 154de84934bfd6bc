/* lock.h - the runtime's own short lock: protects a channel's or a queue's fields for a few
 * instructions. Blocks the thread, never the task.
 *
 * Three values (Drepper, "Futexes are tricky", mutex 2): FREE, HELD, and CONTENDED = held and
 * somebody may sleep for it. The common case is one atomic instruction to lock and one to unlock. A
 * holder that the OS preempted would make pure spinning burn a whole time slice, so waiters sleep
 * after a while.
 *
 * The last access of rt__unlock to the lock's memory is the exchange itself: whoever locks next may
 * free the memory at once. The futex wake that may follow only names the address.
 *
 * Lock order, outermost first: wait-group/mutex guard or channel lock (several channels: by
 * address) -> timer heap -> scheduler. None is held across a switch, except by the park handoff
 * (scheduler.h). */
#ifndef RT_LOCK_H
#define RT_LOCK_H

#include <stdatomic.h>
#include <stdint.h>

#include "perturb.h"

typedef _Atomic(uint32_t) rt__lock;

enum { RT__LOCK_FREE, RT__LOCK_HELD, RT__LOCK_CONTENDED };

void rt__lock_slow(rt__lock *lock);
void rt__unlock_slow(rt__lock *lock);

static inline void rt__lock_acquire(rt__lock *lock)
{
    uint32_t expected = RT__LOCK_FREE;
    rt__perturb_delay();
    /* acquire: pairs with the release in rt__lock_release of the holder before us. */
    if (!atomic_compare_exchange_strong_explicit(lock, &expected, RT__LOCK_HELD,
                                                 memory_order_acquire, memory_order_relaxed)) {
        rt__lock_slow(lock);
    }
}

static inline void rt__lock_release(rt__lock *lock)
{
    rt__perturb_delay();
    /* release: publishes what the lock protects to the acquire of the next holder. */
    if (atomic_exchange_explicit(lock, RT__LOCK_FREE, memory_order_release) == RT__LOCK_CONTENDED) {
        rt__unlock_slow(lock);
    }
}

#endif
