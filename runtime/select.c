/* select.c - waits for the first of several channel operations.
 *
 * Three passes:
 *   1. look for a case that can go on now, in random order: so the choice is fair. One lock at a
 *      time;
 *   2. none: lock all channels, in the order of their addresses so that two selects never wait for
 *      each other, and look again; enter a waiter into the list of every channel, arm the timeout,
 *      park;
 *   3. woken by one of them: take the waiters that are left out of their lists.
 * Go's selectgo does the first pass under all locks too; most selects find a ready case, and four
 * locks cost more than all the rest. Whoever wakes the task must first win task->claim (wait.h), so
 * exactly one case happens. The timer is armed, and the cancel point entered (group.h), after the
 * switch, in the commit: they could wake the task before. */
#include <stddef.h>

#include "alone.h"
#include "channel.h"
#include "group.h"
#include "observe.h"
#include "report.h"
#include "scheduler.h"
#include "worker.h"

struct select {
    rt_case *cases;
    int count;                         /* of live: cases whose channel isn't NULL */
    uint8_t live[RT_SELECT_MAX];       /* their indices, in random order */
    uint8_t lock_order[RT_SELECT_MAX]; /* the same, by the address of the channel */
    struct rt__task *task;
    int64_t timeout_ns;
    struct rt__timer timer; /* wakes the task */
    bool timed, timed_out;
    struct rt__cancel_point point;
    rt__lock hold; /* the commit's, until it is done */
    bool held;
};

static rt_chan *channel(const struct select *select, uint8_t index)
{
    return select->cases[index].chan;
}

/* ---- Order ----------------------------------------------------------------------------------- */

static uint64_t random_below(uint64_t n)
{
    /* Multiply-shift: fair to 1 in 2^32 for the few cases of a select. */
    return (rt__random(rt__worker()) >> 32) * n >> 32;
}

/* The cases that can ever happen, in random order (Fisher-Yates, inside out). */
static void shuffle(struct select *select, int n)
{
    select->count = 0;
    for (int i = 0; i < n; i++) {
        if (select->cases[i].chan != NULL) {
            int count = select->count++;
            uint8_t other = (uint8_t)random_below((uint64_t)count + 1);
            select->live[count] = select->live[other];
            select->live[other] = (uint8_t)i;
        }
    }
}

/* Insertion sort: the lists are short. */
static void order_locks(struct select *select)
{
    for (int i = 0; i < select->count; i++) {
        uint8_t index = select->live[i];
        int at = i;
        while (at > 0 && (uintptr_t)channel(select, select->lock_order[at - 1]) >
                             (uintptr_t)channel(select, index)) {
            select->lock_order[at] = select->lock_order[at - 1];
            at--;
        }
        select->lock_order[at] = index;
    }
}

/* One channel may stand in several cases: it is locked once. */
static void lock_all(struct select *select)
{
    rt_chan *last = NULL;
    for (int i = 0; i < select->count; i++) {
        rt_chan *c = channel(select, select->lock_order[i]);
        if (c != last) {
            rt__task_lock_acquire(&c->lock);
        }
        last = c;
    }
}

/* From a commit: once the last lock is free, the task may be woken, and *select is gone. So a
 * channel that stands in several cases is unlocked at the first of them, after which nothing more
 * is read. */
static void unlock_all(struct select *select)
{
    for (int i = select->count - 1; i >= 0; i--) {
        rt_chan *c = channel(select, select->lock_order[i]);
        if (i == 0 || channel(select, select->lock_order[i - 1]) != c) {
            rt__task_lock_release(&c->lock);
        }
    }
}

/* ---- The passes ------------------------------------------------------------------------------ */

static int try_one_locked(rt_case *it, struct rt__task **wake)
{
    return it->op == RT_OP_SEND ? rt__chan_send_locked(it->chan, it->send, wake)
                                : rt__chan_recv_locked(it->chan, it->recv, wake);
}

/* Pass 1. The index of the case that was done, or RT_EAGAIN. */
static int try_each(const struct select *select, struct rt__task **wake)
{
    for (int i = 0; i < select->count; i++) {
        rt_case *it = &select->cases[select->live[i]];
        rt__task_lock_acquire(&it->chan->lock);
        it->status = try_one_locked(it, wake);
        rt__task_lock_release(&it->chan->lock);
        if (it->status != RT_EAGAIN) {
            return select->live[i];
        }
    }
    return RT_EAGAIN;
}

/* The same with all locks held: none may become ready between the look and the wait. */
static int try_all_locked(const struct select *select, struct rt__task **wake)
{
    for (int i = 0; i < select->count; i++) {
        rt_case *it = &select->cases[select->live[i]];
        it->status = try_one_locked(it, wake);
        if (it->status != RT_EAGAIN) {
            return select->live[i];
        }
    }
    return RT_EAGAIN;
}

static rt__wait_list *list_of(rt_case *it)
{
    return it->op == RT_OP_SEND ? &it->chan->senders : &it->chan->receivers;
}

static void timeout_fire(struct rt__timer *timer)
{
    struct select *select =
        (struct select *)(void *)((char *)timer - offsetof(struct select, timer));
    struct rt__task *task = select->task;
    if (rt__claim(task, NULL)) {
        select->timed_out = true;
        rt__ready_last(task);
    }
}

/* Once the cancel point is entered, or the timer armed, or a lock is free, the task may be woken on
 * another worker. Until `hold` is free it waits there, so *select stays. */
static void commit_select(void *context)
{
    struct select *select = context;
    bool held = select->held; /* without hold, freeing the last lock may end the life of *select */
    if (select->task->group != NULL) {
        rt__cancel_point_enter(&select->point);
    }
    if (select->timed) {
        rt__timer_arm(&select->timer);
    }
    if (select->count > 0) {
        unlock_all(select);
    }
    if (held) {
        rt__lock_release(&select->hold);
    }
}

static void enter_waiters(struct select *select, struct rt__waiter *waiters)
{
    /* relaxed: nobody looks at the claim before a lock below is released. */
    atomic_store_explicit(&select->task->claim, RT__CLAIM_OPEN, memory_order_relaxed);
    for (int i = 0; i < select->count; i++) {
        rt_case *it = &select->cases[select->live[i]];
        waiters[i] = (struct rt__waiter){.task = select->task,
                                         .elem = it->op == RT_OP_SEND ? (void *)(uintptr_t)it->send
                                                                      : it->recv,
                                         .index = select->live[i],
                                         .contested = true};
        rt__wait_list_append(list_of(it), &waiters[i]);
    }
}

static void leave_waiters(struct select *select, struct rt__waiter *waiters)
{
    if (select->held) {
        rt__lock_acquire(&select->hold);
    }
    if (select->timed) {
        rt__timer_cancel(&select->timer);
    }
    if (select->task->group != NULL) {
        rt__cancel_point_leave(&select->point);
    }
    lock_all(select);
    for (int i = 0; i < select->count; i++) {
        if (waiters[i].listed) {
            rt__wait_list_remove(list_of(&select->cases[waiters[i].index]), &waiters[i]);
        }
    }
    unlock_all(select);
}

static enum rt__wait reason(const struct select *select)
{
    return select->count > 0 ? RT__WAIT_SELECT
           : select->timed   ? RT__WAIT_SLEEP
                             : RT__WAIT_EMPTY_SELECT;
}

/* Passes 2 and 3. Enters with all locks held and leaves with none. */
static int wait_all(struct select *select, rt_site here)
{
    struct rt__waiter waiters[select->count > 0 ? select->count : 1];
    select->timed = select->timeout_ns >= 0;
    select->timed_out = false;
    if (select->timed) {
        select->timer =
            (struct rt__timer){.when_ns = rt__deadline(select->timeout_ns), .fire = timeout_fire};
    }
    select->point = (struct rt__cancel_point){.task = select->task};
    select->held = select->timed || select->task->group != NULL;
    select->hold = RT__LOCK_HELD;
    enter_waiters(select, waiters);
    rt__park(commit_select, select, reason(select), NULL, here);
    struct rt__waiter *winner = select->task->woken_by;
    leave_waiters(select, waiters);
    if (winner == NULL) {
        return select->timed_out ? RT_ETIMEDOUT : RT_ECANCELED;
    }
    select->cases[winner->index].status = winner->status;
    return winner->index;
}

/* Looks under all locks and waits if need be. */
static int look_and_wait(struct select *select, struct rt__task **wake, rt_site here)
{
    order_locks(select);
    lock_all(select);
    int chosen = try_all_locked(select, wake);
    if (chosen == RT_EAGAIN) {
        return wait_all(select, here);
    }
    unlock_all(select);
    return chosen;
}

/* Nobody could be told apart from those who tried each channel by itself. */
static inline void observe_in_vain(const struct select *select)
{
    for (int i = 0; RT__OBSERVED && i < select->count && select->timeout_ns == RT_NO_WAIT; i++) {
        rt__observe_in_vain(channel(select, select->live[i]));
    }
}

int rt_select_at(rt_case *cases, int n, int64_t timeout_ns, rt_site here)
{
    struct rt__task *self = rt__call_begin("rt_select", here);
    if (n < 0 || n > RT_SELECT_MAX) {
        rt__misuse(here, "rt_select with %d cases: 0 to %d are allowed", n, RT_SELECT_MAX);
    }
    struct select select;
    select.cases = cases;
    select.task = self;
    select.timeout_ns = timeout_ns;
    shuffle(&select, n);
    struct rt__task *wake = NULL;
    rt__observe_use(n == 1 ? cases[0].chan : NULL, here);
    int chosen = try_each(&select, &wake);
    if (chosen == RT_EAGAIN) {
        observe_in_vain(&select);
    }
    if (chosen == RT_EAGAIN && timeout_ns != RT_NO_WAIT) {
        chosen = look_and_wait(&select, &wake, here);
    }
    if (wake != NULL) {
        rt__ready(wake);
    }
    if (chosen >= 0 && cases[chosen].op == RT_OP_SEND && cases[chosen].status == RT_ECLOSED) {
        rt__chan_send_closed(cases[chosen].chan, here);
    }
    rt__call_end();
    return chosen;
}
