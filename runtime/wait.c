/* wait.c - parking on a list: the one way in which all but select and sleep wait. */
#include "wait.h"

#include "alone.h"
#include "group.h"
#include "scheduler.h"

struct rt__task *rt__wait_list_pop_all(rt__wait_list *list)
{
    struct rt__task *first = NULL, **end = &first;
    struct rt__waiter *waiter;
    while ((waiter = rt__wait_list_pop(list)) != NULL) {
        waiter->task->link = NULL;
        *end = waiter->task;
        end = &waiter->task->link;
    }
    return first;
}

void rt__ready_list(struct rt__task *first)
{
    while (first != NULL) {
        struct rt__task *task = first;
        first = task->link; /* readying reuses the link */
        rt__ready_last(task);
    }
}

static void commit_unlock(void *lock)
{
    rt__task_lock_release(lock);
}

struct cancelable {
    rt__lock *lock;
    struct rt__cancel_point point;
};

/* The point first: once the lock is free, a waker may end the wait, and with it the life of *wait.
 * Whoever cancels meanwhile readies a task that first has to get past the lock. */
static void commit_cancelable(void *context)
{
    struct cancelable *wait = context;
    rt__lock *lock = wait->lock;
    rt__cancel_point_enter(&wait->point);
    rt__task_lock_release(lock);
}

static int wait_cancelable(rt__lock *lock, rt__wait_list *list, struct rt__waiter *waiter,
                           enum rt__wait wait, const void *object, rt_site here)
{
    struct rt__task *self = waiter->task;
    struct cancelable cancelable = {.lock = lock, .point = {.task = self}};
    rt__park(commit_cancelable, &cancelable, wait, object, here);
    bool canceled = self->woken_by == NULL;
    rt__task_lock_acquire(lock);
    if (waiter->listed) {
        rt__wait_list_remove(list, waiter);
    }
    rt__task_lock_release(lock);
    rt__cancel_point_leave(&cancelable.point);
    return canceled ? RT_ECANCELED : waiter->status;
}

int rt__wait_on(rt__lock *lock, rt__wait_list *list, struct rt__waiter *waiter, bool first,
                enum rt__wait wait, const void *object, rt_site here)
{
    struct rt__task *self = waiter->task;
    waiter->contested = self->group != NULL;
    if (first) {
        rt__wait_list_prepend(list, waiter);
    } else {
        rt__wait_list_append(list, waiter);
    }
    if (waiter->contested) {
        /* relaxed: nobody looks at the claim before the lock is released. */
        atomic_store_explicit(&self->claim, RT__CLAIM_OPEN, memory_order_relaxed);
        return wait_cancelable(lock, list, waiter, wait, object, here);
    }
    rt__park(commit_unlock, lock, wait, object, here);
    return waiter->status;
}
