/* wait_group.c - waits until a counter is zero.
 *
 * The step to zero, and the wait, happen under `guard`; all other steps are one compare-and-swap.
 * Were the step to zero taken outside, a waiter that looks at the right moment could return and
 * free the group while the last task still wakes others in it. */
#include "alone.h"
#include "observe.h"
#include "report.h"
#include "scheduler.h"
#include "wait.h"

static _Noreturn void negative(rt_site here)
{
    rt__misuse(here, "the counter of the wait group `%s` went below zero: more done than add",
               rt__site_object(here));
}

/* Adds n if neither the old nor the new count is zero or less. False otherwise, *count is the old
 * one. */
static bool add_above_zero(rt_wait_group *wg, int64_t n, int64_t *count)
{
    *count = atomic_load_explicit(&wg->count, memory_order_relaxed);
    while (*count > 0 && *count + n > 0) {
        /* release: what the task did before `done` is seen by who waited for it. */
        if (atomic_compare_exchange_weak_explicit(&wg->count, count, *count + n,
                                                  memory_order_release, memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

void rt_wait_group_add_at(rt_wait_group *wg, int64_t n, rt_site here)
{
    int64_t count;
    if (!RT__OBSERVED && add_above_zero(wg, n, &count)) {
        return;
    }
    rt__call_begin("rt_wait_group_add", here);
    rt__observe_use(wg, here);
    if (n < 0) {
        rt__observe_release(wg);
    }
    rt__task_lock_acquire(&wg->guard);
    count = atomic_fetch_add_explicit(&wg->count, n, memory_order_acq_rel) + n;
    struct rt__task *woken = count == 0 ? rt__wait_list_pop_all(&wg->waiters) : NULL;
    rt__task_lock_release(&wg->guard);
    if (count < 0) {
        negative(here);
    }
    if (woken != NULL && woken->link == NULL) {
        rt__ready(woken); /* the usual case: one waiter, and it has what it waited for */
    } else {
        rt__ready_list(woken);
    }
    rt__call_end();
}

int rt_wait_group_wait_at(rt_wait_group *wg, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__call_begin("rt_wait_group_wait", here)};
    rt__observe_use(wg, here);
    rt__task_lock_acquire(&wg->guard);
    int status = RT_OK;
    /* acquire: pairs with the releases of all that were waited for. */
    if (atomic_load_explicit(&wg->count, memory_order_acquire) == 0) {
        rt__task_lock_release(&wg->guard);
    } else {
        status =
            rt__wait_on(&wg->guard, &wg->waiters, &waiter, false, RT__WAIT_WAIT_GROUP, wg, here);
    }
    if (status == RT_OK) {
        rt__observe_acquire(wg);
    }
    rt__call_end();
    return status;
}
