/* once.c - runs a function exactly once.
 *
 * The fast path is one load; the slow path holds a mutex while the function runs, so whoever comes
 * meanwhile waits for it to be finished, not just begun. (A compare-and-swap that picks a winner
 * would let the losers go on too early.) */
#include "observe.h"
#include "report.h"
#include "scheduler.h"

int rt_once_do_at(rt_once *once, void (*fn)(void *arg), void *arg, rt_site here)
{
    rt__self_or_misuse("rt_once_do", here);
    rt__observe_use(once, here);
    /* acquire: pairs with the release below; who sees `done` sees what fn did. */
    if (atomic_load_explicit(&once->done, memory_order_acquire)) {
        rt__observe_acquire(once);
        return RT_OK;
    }
    int status = rt_mutex_lock_at(&once->mutex, here);
    if (status != RT_OK) {
        return status;
    }
    if (!atomic_load_explicit(&once->done, memory_order_relaxed)) {
        fn(arg);
        rt__observe_release(once);
        atomic_store_explicit(&once->done, 1, memory_order_release);
    }
    rt_mutex_unlock_at(&once->mutex, here);
    return RT_OK;
}
