/* channel.c - channels: a ring of values between two lists of waiting tasks.
 *
 * Invariants, whenever the lock is free:
 *   - at most one of the lists holds tasks that still wait - but for a select, which may be on
 *     both;
 *   - a sender waits only if the buffer is full, a receiver only if it is empty;
 *   - a closed channel has no waiting receivers or senders.
 * A value passes straight between the frames of two tasks when one of them waits: the waiter's task
 * is off its stack (park handoff, scheduler.h) and can't go on before we ready it, so its frame
 * stays.
 *
 * Semantics: The Go Programming Language Specification, "Channel types", "Send statements",
 * "Receive operator", "Close". */
#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "alone.h"
#include "observe.h"
#include "report.h"
#include "scheduler.h"

/* A copy of the common sizes without the call that a variable size needs. */
static inline void copy(void *to, const void *from, size_t size)
{
    if (size == sizeof(uint64_t)) {
        memcpy(to, from, sizeof(uint64_t));
    } else if (size == sizeof(uint32_t)) {
        memcpy(to, from, sizeof(uint32_t));
    } else if (size > 0) {
        memcpy(to, from, size);
    }
}

static inline unsigned char *slot(rt_chan *c, size_t index)
{
    if (index >= c->capacity) {
        index -= c->capacity;
    }
    return c->buffer + index * c->elem_size;
}

static inline void buffer_push(rt_chan *c, const void *elem)
{
    copy(slot(c, c->head + c->count), elem, c->elem_size);
    c->count++;
}

static inline void buffer_pop(rt_chan *c, void *elem)
{
    if (elem != NULL) {
        copy(elem, slot(c, c->head), c->elem_size);
    }
    c->head = c->head + 1 < c->capacity ? c->head + 1 : 0;
    c->count--;
}

/* ---- What comes before what ------------------------------------------------------------------ */

/* For those who watch (observe.h). As in Go, the k-th send comes before the k-th receive, and this
 * before the send that uses the same slot again: each slot is acquired and released by whoever uses
 * it, and so is the slot that a value would have used that passed straight from one task to
 * another. Without a buffer, the two tasks come before what the other one does next. */

/* A name for each slot, even where elements have no size and all lie at one place. */
static inline const void *slot_name(const rt_chan *c, size_t index)
{
    index = index < c->capacity ? index : index - c->capacity;
    return (const char *)c + 1 + index * (c->elem_size > 0 ? c->elem_size : 1);
}

/* The running task has used the slot. */
static inline void observe_slot(const rt_chan *c, size_t index)
{
    if (RT__OBSERVED) {
        rt__observe_acquire(slot_name(c, index));
        rt__observe_release(slot_name(c, index));
    }
}

/* The running task sends to a parked receiver, which it will ready: that is an edge by itself. */
static inline void observe_hand_over(rt_chan *c, const struct rt__task *receiver)
{
    if (!RT__OBSERVED) {
        return;
    }
    if (c->capacity == 0) {
        rt__observe_meet(receiver);
        return;
    }
    observe_slot(c, c->head);
    rt__observe_release_of(receiver, slot_name(c, c->head));
    c->head = c->head + 1 < c->capacity ? c->head + 1 : 0;
}

/* ---- Making and releasing -------------------------------------------------------------------- */

rt_chan *rt_chan_new_at(size_t elem_size, size_t capacity, rt_site here)
{
    size_t bytes;
    if (__builtin_mul_overflow(elem_size, capacity, &bytes) ||
        __builtin_add_overflow(bytes, sizeof(rt_chan), &bytes)) {
        return NULL;
    }
    rt_chan *c = malloc(bytes);
    if (c != NULL) {
        *c = (rt_chan){.elem_size = elem_size, .capacity = capacity, .made_at = here};
    }
    return c;
}

void rt_chan_free_at(rt_chan *c, rt_site here)
{
    if (c == NULL) {
        return;
    }
    rt__critical_begin();
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    if (rt__self() != NULL && (c->senders.first != NULL || c->receivers.first != NULL)) {
        rt__misuse(here, "rt_chan_free of a channel (made at %s) that a task waits for",
                   c->made_at);
    }
    rt__task_lock_release(&c->lock);
    rt__call_end();
    free(c);
}

/* ---- Send and receive ------------------------------------------------------------------------ */

/* Inline in the plain operations; select calls them by their names in channel.h. */

static inline int send_locked(rt_chan *c, const void *elem, struct rt__task **wake)
{
    *wake = NULL;
    if (c->closed) {
        return RT_ECLOSED;
    }
    struct rt__waiter *receiver = rt__wait_list_pop(&c->receivers);
    if (receiver != NULL) {
        if (receiver->elem != NULL) {
            copy(receiver->elem, elem, c->elem_size);
        }
        receiver->status = RT_OK;
        *wake = receiver->task;
        observe_hand_over(c, receiver->task);
        return RT_OK;
    }
    if (c->count == c->capacity) {
        return RT_EAGAIN;
    }
    observe_slot(c, c->head + c->count);
    buffer_push(c, elem);
    return RT_OK;
}

static inline int recv_locked(rt_chan *c, void *elem, struct rt__task **wake)
{
    *wake = NULL;
    if (c->count > 0) {
        size_t index = c->head;
        observe_slot(c, index);
        buffer_pop(c, elem);
        struct rt__waiter *sender = rt__wait_list_pop(&c->senders);
        if (sender != NULL) { /* the buffer was full: the longest waiting send goes to its end */
            buffer_push(c, sender->elem);
            sender->status = RT_OK;
            *wake = sender->task;
            rt__observe_release_of(sender->task, slot_name(c, index));
        }
        return RT_OK;
    }
    struct rt__waiter *sender = rt__wait_list_pop(&c->senders);
    if (sender != NULL) {
        if (elem != NULL) {
            copy(elem, sender->elem, c->elem_size);
        }
        sender->status = RT_OK;
        *wake = sender->task;
        rt__observe_meet(sender->task);
        return RT_OK;
    }
    if (!c->closed) {
        return RT_EAGAIN;
    }
    rt__observe_acquire(c); /* of the close */
    if (elem != NULL) {
        memset(elem, 0, c->elem_size);
    }
    return RT_ECLOSED;
}

int rt__chan_send_locked(rt_chan *c, const void *elem, struct rt__task **wake)
{
    return send_locked(c, elem, wake);
}

int rt__chan_recv_locked(rt_chan *c, void *elem, struct rt__task **wake)
{
    return recv_locked(c, elem, wake);
}

_Noreturn void rt__chan_send_closed(rt_chan *c, rt_site here)
{
    rt__misuse(
        here,
        "send on a closed channel: `%s` was closed at %s by task %llu. Only the sending side "
        "should close, after its last send",
        rt__site_object(here), c->closed_at, (unsigned long long)c->closed_by);
}

/* Off the fast path, so that it needs no frame for the waiter. The lock is held and released
 * here. */
static __attribute__((noinline)) int wait_locked(rt_chan *c, rt__wait_list *list, void *elem,
                                                 enum rt__wait wait, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__self(), .elem = elem};
    return rt__wait_on(&c->lock, list, &waiter, false, wait, c, here);
}

static void ready_if(struct rt__task *task)
{
    if (task != NULL) {
        rt__ready(task);
    }
}

static _Noreturn void block_for_ever(enum rt__wait wait, rt_site here)
{
    rt__lock nothing = RT__LOCK_HELD;
    rt__park(rt__commit_unlock, &nothing, wait, NULL, here);
    RT__INVARIANT(!"a task that nobody can wake was woken");
    abort();
}

int rt_chan_send_at(rt_chan *c, const void *elem, rt_site here)
{
    rt__call_begin("rt_chan_send", here);
    if (c == NULL) {
        block_for_ever(RT__WAIT_NIL_CHAN_SEND, here);
    }
    struct rt__task *wake;
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    int status = send_locked(c, elem, &wake);
    if (status == RT_EAGAIN) {
        status = wait_locked(c, &c->senders, (void *)(uintptr_t)elem, RT__WAIT_CHAN_SEND, here);
    } else {
        rt__task_lock_release(&c->lock);
        ready_if(wake);
    }
    if (status == RT_ECLOSED) {
        rt__chan_send_closed(c, here);
    }
    rt__call_end();
    return status;
}

int rt_chan_recv_at(rt_chan *c, void *elem, rt_site here)
{
    rt__call_begin("rt_chan_recv", here);
    if (c == NULL) {
        block_for_ever(RT__WAIT_NIL_CHAN_RECV, here);
    }
    struct rt__task *wake;
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    int status = recv_locked(c, elem, &wake);
    if (status == RT_EAGAIN) {
        status = wait_locked(c, &c->receivers, elem, RT__WAIT_CHAN_RECV, here);
    } else {
        rt__task_lock_release(&c->lock);
        ready_if(wake);
    }
    rt__call_end();
    return status;
}

int rt_chan_try_send_at(rt_chan *c, const void *elem, rt_site here)
{
    if (c == NULL) {
        return RT_EAGAIN;
    }
    rt__call_begin("rt_chan_try_send", here);
    struct rt__task *wake;
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    int status = send_locked(c, elem, &wake);
    rt__task_lock_release(&c->lock);
    if (status == RT_EAGAIN) {
        rt__observe_in_vain(c);
    }
    if (status == RT_ECLOSED) {
        rt__chan_send_closed(c, here);
    }
    ready_if(wake);
    rt__call_end();
    return status;
}

int rt_chan_try_recv_at(rt_chan *c, void *elem, rt_site here)
{
    if (c == NULL) {
        return RT_EAGAIN;
    }
    rt__call_begin("rt_chan_try_recv", here);
    struct rt__task *wake;
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    int status = recv_locked(c, elem, &wake);
    rt__task_lock_release(&c->lock);
    if (status == RT_EAGAIN) {
        rt__observe_in_vain(c);
    }
    ready_if(wake);
    rt__call_end();
    return status;
}

/* ---- Close ----------------------------------------------------------------------------------- */

/* Takes all waiters off, tells them, and appends their tasks to a list. */
static struct rt__task **close_waiters(rt_chan *c, rt__wait_list *list, struct rt__task **end)
{
    struct rt__waiter *waiter;
    while ((waiter = rt__wait_list_pop(list)) != NULL) {
        if (list == &c->receivers && waiter->elem != NULL) {
            memset(waiter->elem, 0, c->elem_size);
        }
        waiter->status = RT_ECLOSED;
        waiter->task->link = NULL;
        *end = waiter->task;
        end = &waiter->task->link;
    }
    return end;
}

void rt_chan_close_at(rt_chan *c, rt_site here)
{
    struct rt__task *self = rt__call_begin("rt_chan_close", here);
    if (c == NULL) {
        rt__misuse(here, "close of the NULL channel `%s`", rt__site_object(here));
    }
    rt__observe_use(c, here);
    rt__task_lock_acquire(&c->lock);
    if (c->closed) {
        rt__misuse(here, "close of a closed channel: `%s` was closed at %s by task %llu",
                   rt__site_object(here), c->closed_at, (unsigned long long)c->closed_by);
    }
    c->closed = true;
    c->closed_at = here;
    c->closed_by = self->id;
    rt__observe_release(c);
    struct rt__task *woken = NULL;
    close_waiters(c, &c->senders, close_waiters(c, &c->receivers, &woken));
    rt__task_lock_release(&c->lock);
    while (woken != NULL) {
        struct rt__task *task = woken;
        woken = task->link;
        rt__ready_last(task);
    }
    rt__call_end();
}

size_t rt_chan_len(rt_chan *c)
{
    if (c == NULL) {
        return 0;
    }
    rt__critical_begin();
    rt__observe_use(c, "");
    rt__task_lock_acquire(&c->lock);
    size_t count = c->count;
    rt__task_lock_release(&c->lock);
    rt__call_end();
    return count;
}

size_t rt_chan_cap(rt_chan *c)
{
    return c != NULL ? c->capacity : 0;
}
