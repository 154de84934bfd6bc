/* cond.c - conditions: wait until something that a mutex protects has changed.
 *
 * The waiter enters the list before it unlocks the mutex. A signal that comes in between finds it
 * there: were it the other way round, that signal would be lost and the wait could last for
 * ever. */
#include "alone.h"
#include "observe.h"
#include "scheduler.h"
#include "wait.h"

/* In a group, a canceled wait still has to lock the mutex, as its caller expects: so the lock must
 * not be canceled. The group is put aside for that long. */
static void lock_whatever_comes(rt_mutex *m, struct rt__task *self, rt_site here)
{
    struct rt_group *group = self->group;
    self->group = NULL;
    rt_mutex_lock_at(m, here);
    self->group = group;
}

int rt_cond_wait_at(rt_cond *cond, rt_mutex *m, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__call_begin("rt_cond_wait", here)};
    rt__observe_use(cond, here);
    rt__task_lock_acquire(&cond->guard);
    rt__mutex_unlock_within(m, here);
    int status =
        rt__wait_on(&cond->guard, &cond->waiters, &waiter, false, RT__WAIT_COND, cond, here);
    rt__call_end();
    lock_whatever_comes(m, waiter.task, here);
    return status;
}

void rt_cond_signal_at(rt_cond *cond, rt_site here)
{
    rt__call_begin("rt_cond_signal", here);
    rt__observe_use(cond, here);
    rt__observe_signal(cond, here);
    rt__task_lock_acquire(&cond->guard);
    struct rt__waiter *waiter = rt__wait_list_pop(&cond->waiters);
    struct rt__task *task = waiter != NULL ? waiter->task : NULL;
    rt__task_lock_release(&cond->guard);
    if (task != NULL) {
        rt__ready_last(task);
    }
    rt__call_end();
}

void rt_cond_broadcast_at(rt_cond *cond, rt_site here)
{
    rt__call_begin("rt_cond_broadcast", here);
    rt__observe_use(cond, here);
    rt__observe_signal(cond, here);
    rt__task_lock_acquire(&cond->guard);
    struct rt__task *woken = rt__wait_list_pop_all(&cond->waiters);
    rt__task_lock_release(&cond->guard);
    rt__ready_list(woken);
    rt__call_end();
}
