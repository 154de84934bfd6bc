/* wait_group.c - waits until a counter is zero.
 *
 * The step to zero, and the wait, happen under `guard`; all other steps are one compare-and-swap. Were the
 * step to zero taken outside, a waiter that looks at the right moment could return and free the group
 * while the last task still wakes others in it. */
#include "report.h"
#include "scheduler.h"
#include "wait.h"

static _Noreturn void negative(rt_site here)
{
    rt__misuse(here, "the counter of the wait group `%s` went below zero: more done than add",
               rt__site_object(here));
}

/* Adds n if neither the old nor the new count is zero or less. False otherwise, *count is the old one. */
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
    if (add_above_zero(wg, n, &count)) {
        return;
    }
    rt__call_begin("rt_wait_group_add", here);
    rt__lock_acquire(&wg->guard);
    count = atomic_fetch_add_explicit(&wg->count, n, memory_order_acq_rel) + n;
    struct rt__task *woken = NULL, **end = &woken;
    struct rt__waiter *waiter;
    while (count == 0 && (waiter = rt__wait_list_pop(&wg->waiters)) != NULL) {
        waiter->task->link = NULL;
        *end = waiter->task;
        end = &waiter->task->link;
    }
    rt__lock_release(&wg->guard);
    if (count < 0) {
        negative(here);
    }
    while (woken != NULL) {
        struct rt__task *task = woken;
        woken = task->link;
        rt__ready(task);
    }
    rt__call_end();
}

void rt_wait_group_wait_at(rt_wait_group *wg, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__call_begin("rt_wait_group_wait", here)};
    rt__lock_acquire(&wg->guard);
    /* acquire: pairs with the releases of all that were waited for. */
    if (atomic_load_explicit(&wg->count, memory_order_acquire) == 0) {
        rt__lock_release(&wg->guard);
    } else {
        rt__wait_list_append(&wg->waiters, &waiter);
        rt__park(rt__commit_unlock, &wg->guard, RT__WAIT_WAIT_GROUP, wg, here);
    }
    rt__call_end();
}
