/* rwmutex.c - many readers or one writer.
 *
 * One list holds both kinds in arrival order. Whoever finds it not empty waits behind it, so a
 * writer is not starved by readers, nor a reader by writers. An unlock lets in as many from the
 * front as fit: one writer, or all readers up to the next writer. The lock is given to them before
 * they wake. */
#include "alone.h"
#include "observe.h"
#include "report.h"
#include "scheduler.h"
#include "wait.h"

enum { READER, WRITER }; /* waiter->index */

static bool fits(const rt_rwmutex *m, int kind)
{
    return !m->writing && (kind == READER || m->readers == 0);
}

static void let_in(rt_rwmutex *m, int kind)
{
    if (kind == READER) {
        m->readers++;
    } else {
        m->writing = true;
    }
}

/* Under the guard. Returns the tasks to ready. A waiter that lost its claim (its group was
 * canceled) is dropped by the pop, and the next one may be of another kind: so it is asked
 * again. */
static struct rt__task *let_waiters_in_locked(rt_rwmutex *m)
{
    struct rt__task *first = NULL, **end = &first;
    while (m->waiters.first != NULL && fits(m, m->waiters.first->index)) {
        struct rt__waiter *waiter = m->waiters.first;
        rt__wait_list_remove(&m->waiters, waiter);
        if (waiter->contested && !rt__claim(waiter->task, waiter)) {
            continue;
        }
        let_in(m, waiter->index);
        waiter->task->link = NULL;
        *end = waiter->task;
        end = &waiter->task->link;
    }
    return first;
}

/* Someone has left the list or the lock: who fits now goes on. Releases the guard. */
static void let_waiters_in(rt_rwmutex *m)
{
    struct rt__task *woken = let_waiters_in_locked(m);
    rt__task_lock_release(&m->guard);
    rt__ready_list(woken);
}

static int lock(rt_rwmutex *m, int kind, enum rt__wait wait, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__self(), .index = kind};
    rt__task_lock_acquire(&m->guard);
    if (m->waiters.first == NULL && fits(m, kind)) {
        let_in(m, kind);
        rt__task_lock_release(&m->guard);
        return RT_OK;
    }
    int status = rt__wait_on(&m->guard, &m->waiters, &waiter, false, wait, m, here);
    if (status !=
        RT_OK) { /* a canceled writer no longer stands in the way of the readers behind it */
        rt__task_lock_acquire(&m->guard);
        let_waiters_in(m);
    }
    return status;
}

int rt_rwmutex_read_lock_at(rt_rwmutex *m, rt_site here)
{
    rt__call_begin("rt_rwmutex_read_lock", here);
    rt__observe_want_lock(m, true, here);
    if (!rt__observe_excludes(m, here)) {
        rt__call_end();
        return RT_OK;
    }
    int status = lock(m, READER, RT__WAIT_READ_LOCK, here);
    if (status == RT_OK) {
        rt__observe_lock(m, true, here);
    }
    rt__call_end();
    return status;
}

int rt_rwmutex_write_lock_at(rt_rwmutex *m, rt_site here)
{
    rt__call_begin("rt_rwmutex_write_lock", here);
    rt__observe_want_lock(m, false, here);
    if (!rt__observe_excludes(m, here)) {
        rt__call_end();
        return RT_OK;
    }
    int status = lock(m, WRITER, RT__WAIT_WRITE_LOCK, here);
    if (status == RT_OK) {
        rt__observe_lock(m, false, here);
    }
    rt__call_end();
    return status;
}

void rt_rwmutex_read_unlock_at(rt_rwmutex *m, rt_site here)
{
    rt__call_begin("rt_rwmutex_read_unlock", here);
    rt__observe_use(m, here);
    if (!rt__observe_excludes(m, here)) {
        rt__call_end();
        return;
    }
    rt__observe_unlock(m);
    rt__task_lock_acquire(&m->guard);
    if (m->readers == 0) {
        rt__misuse(here, "read unlock of `%s`, which no reader holds", rt__site_object(here));
    }
    m->readers--;
    let_waiters_in(m);
    rt__call_end();
}

void rt_rwmutex_write_unlock_at(rt_rwmutex *m, rt_site here)
{
    rt__call_begin("rt_rwmutex_write_unlock", here);
    rt__observe_use(m, here);
    if (!rt__observe_excludes(m, here)) {
        rt__call_end();
        return;
    }
    rt__observe_unlock(m);
    rt__task_lock_acquire(&m->guard);
    if (!m->writing) {
        rt__misuse(here, "write unlock of `%s`, which no writer holds", rt__site_object(here));
    }
    m->writing = false;
    let_waiters_in(m);
    rt__call_end();
}
