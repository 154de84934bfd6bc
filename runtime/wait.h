/* wait.h - lists of waiting tasks: one record for each thing that a task waits for.
 *
 * A waiter lies in the frame of the parked task and is protected by the lock of the object whose
 * list it is on. A plain wait has one waiter. Where several may wake the task (the cases of a
 * select, a timeout), the waiter is `contested` and its waker must first win task->claim. */
#ifndef RT_WAIT_H
#define RT_WAIT_H

#include <stdbool.h>
#include <stddef.h>

#include "lock.h"
#include "perturb.h"
#include "task.h"

struct rt__waiter {
    struct rt__waiter *next, *previous;
    struct rt__task *task;
    void *elem;       /* channel: the value to send, or where to put the one received */
    int status;       /* set by the waker: RT_OK or RT_ECLOSED */
    int index;        /* select: which case this is */
    bool listed;      /* is on a list */
    bool contested;   /* others may wake the task too */
    int64_t since_ns; /* mutex: when the wait began */
};

static inline void rt__wait_list_append(rt__wait_list *list, struct rt__waiter *waiter)
{
    waiter->next = NULL;
    waiter->previous = list->last;
    waiter->listed = true;
    *(list->last != NULL ? &list->last->next : &list->first) = waiter;
    list->last = waiter;
}

static inline void rt__wait_list_prepend(rt__wait_list *list, struct rt__waiter *waiter)
{
    waiter->next = list->first;
    waiter->previous = NULL;
    waiter->listed = true;
    *(list->first != NULL ? &list->first->previous : &list->last) = waiter;
    list->first = waiter;
}

static inline void rt__wait_list_remove(rt__wait_list *list, struct rt__waiter *waiter)
{
    *(waiter->previous != NULL ? &waiter->previous->next : &list->first) = waiter->next;
    *(waiter->next != NULL ? &waiter->next->previous : &list->last) = waiter->previous;
    waiter->listed = false;
}

/* Tries to win the right to wake the waiter's task. */
static inline bool rt__claim(struct rt__task *task, struct rt__waiter *waiter)
{
    uint32_t open = RT__CLAIM_OPEN;
    rt__perturb_delay();
    /* acq_rel: what the winner writes into the waiter is seen by the task it wakes through the run
     * queue; the losers only need to see that they lost. */
    if (!atomic_compare_exchange_strong_explicit(&task->claim, &open, RT__CLAIM_TAKEN,
                                                 memory_order_acq_rel, memory_order_relaxed)) {
        return false;
    }
    task->woken_by = waiter;
    return true;
}

/* Takes the first waiter off the list that the caller may wake; NULL if there is none. Waiters that
 * lost their claim are dropped: their task is on its way and finds itself unlisted. */
static inline struct rt__waiter *rt__wait_list_pop(rt__wait_list *list)
{
    struct rt__waiter *waiter;
    while ((waiter = list->first) != NULL) {
        rt__wait_list_remove(list, waiter);
        if (!waiter->contested || rt__claim(waiter->task, waiter)) {
            return waiter;
        }
    }
    return NULL;
}

/* mutex.c: rt_mutex_unlock between a begin and its end. */
void rt__mutex_unlock_within(rt_mutex *m, rt_site here);

/* Takes all waiters off the list and returns their tasks, linked through task->link in order, with
 * waiter->status as it is. */
struct rt__task *rt__wait_list_pop_all(rt__wait_list *list);

/* Readies such a list. */
void rt__ready_list(struct rt__task *first);

/* Parks the running task as `waiter` (task, elem and index are set) at the end of `list`, or, with
 * `first`, at its front. Enters with `lock` held, which protects the list, and leaves without.
 * Returns the status that the waker set in the waiter (RT_OK if it set none), or RT_ECANCELED.
 * Between a begin and its end. */
int rt__wait_on(rt__lock *lock, rt__wait_list *list, struct rt__waiter *waiter, bool first,
                enum rt__wait wait, const void *object, rt_site here);

#endif
