/* semaphore.c - up to so many tasks at a time.
 *
 * A permit that is given back while tasks wait goes straight to the first of them: it never shows
 * in `permits`, so nobody who comes later can overtake. */
#include "alone.h"
#include "observe.h"
#include "scheduler.h"
#include "wait.h"

int rt_semaphore_acquire_at(rt_semaphore *s, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__call_begin("rt_semaphore_acquire", here)};
    int status = RT_OK;
    rt__observe_use(s, here);
    if (!rt__observe_excludes(s, here)) {
        rt__call_end();
        return RT_OK;
    }
    rt__task_lock_acquire(&s->guard);
    if (s->permits > 0) {
        s->permits--;
        rt__task_lock_release(&s->guard);
    } else {
        status = rt__wait_on(&s->guard, &s->waiters, &waiter, false, RT__WAIT_SEMAPHORE, s, here);
    }
    if (status == RT_OK) {
        rt__observe_lock(s, true, here);
        rt__observe_acquire(s);
    }
    rt__call_end();
    return status;
}

bool rt_semaphore_try_acquire_at(rt_semaphore *s, rt_site here)
{
    rt__call_begin("rt_semaphore_try_acquire", here);
    rt__observe_use(s, here);
    rt__task_lock_acquire(&s->guard);
    bool acquired = s->permits > 0;
    if (acquired) {
        rt__observe_lock(s, true, here);
        rt__observe_acquire(s);
    }
    s->permits -= acquired;
    rt__task_lock_release(&s->guard);
    rt__call_end();
    return acquired;
}

void rt_semaphore_release_at(rt_semaphore *s, rt_site here)
{
    rt__call_begin("rt_semaphore_release", here);
    rt__observe_use(s, here);
    if (!rt__observe_excludes(s, here)) {
        rt__call_end();
        return;
    }
    rt__observe_unlock(s);
    rt__observe_release(s);
    rt__task_lock_acquire(&s->guard);
    struct rt__waiter *waiter = rt__wait_list_pop(&s->waiters);
    struct rt__task *task = waiter != NULL ? waiter->task : NULL;
    if (task == NULL) {
        s->permits++;
    }
    rt__task_lock_release(&s->guard);
    if (task != NULL) {
        rt__ready(task);
    }
    rt__call_end();
}
