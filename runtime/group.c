/* group.c - structured concurrency: groups of tasks, and canceling them. Theory in group.h.
 *
 * Invariants, whenever a group's lock is free:
 *   - every parked task of the group has its cancel point on the list, or has been claimed by a
 *     waker, or the group is canceled and the task has been readied;
 *   - a canceled group has only canceled groups below it. */
#include "group.h"

#include <stddef.h>
#include <stdlib.h>

#include "observe.h"
#include "report.h"
#include "scheduler.h"
#include "wait.h"

struct rt_group {
    rt__lock lock; /* protects all below but what never changes */
    int64_t tasks; /* that have not ended */
    int status;    /* RT_OK, RT_ECANCELED or RT_ETIMEDOUT */
    rt__wait_list waiters;
    struct rt__cancel_point *points;
    struct rt_group *children;     /* groups made by tasks of this one */
    struct rt_group *next_sibling; /* parent's lock */
    struct rt_group *parent;       /* never changes */
    struct rt__timer timer;        /* cancels it */
    bool timed;                    /* never changes */
};

/* ---- Cancel points --------------------------------------------------------------------------- */

void rt__cancel_point_enter(struct rt__cancel_point *point)
{
    struct rt__task *task = point->task;
    struct rt_group *group = task->group;
    rt__lock_acquire(&group->lock);
    bool canceled = group->status != RT_OK;
    point->listed = !canceled;
    if (!canceled) {
        point->previous = NULL;
        point->next = group->points;
        if (point->next != NULL) {
            point->next->previous = point;
        }
        group->points = point;
    }
    rt__lock_release(&group->lock);
    if (canceled && rt__claim(task, NULL)) {
        rt__ready_last(task);
    }
}

static void point_remove_locked(struct rt_group *group, struct rt__cancel_point *point)
{
    *(point->previous != NULL ? &point->previous->next : &group->points) = point->next;
    if (point->next != NULL) {
        point->next->previous = point->previous;
    }
    point->listed = false;
}

void rt__cancel_point_leave(struct rt__cancel_point *point)
{
    struct rt_group *group = point->task->group;
    rt__lock_acquire(&group->lock);
    if (point->listed) {
        point_remove_locked(group, point);
    }
    if (group->status != RT_OK) {
        rt__observe_acquire(&group->status);
    }
    rt__lock_release(&group->lock);
}

/* ---- Canceling ------------------------------------------------------------------------------- */

static void cancel(struct rt_group *group, int status)
{
    rt__lock_acquire(&group->lock);
    if (group->status == RT_OK) {
        group->status = status;
        rt__observe_release(&group->status);
        while (group->points != NULL) {
            struct rt__cancel_point *point = group->points;
            struct rt__task *task = point->task;
            point_remove_locked(group, point);
            if (rt__claim(task, NULL)) {
                rt__ready_last(
                    task); /* it can't pass rt__cancel_point_leave before we let the lock go */
            }
        }
        for (struct rt_group *child = group->children; child != NULL; child = child->next_sibling) {
            cancel(child, RT_ECANCELED);
        }
    }
    rt__lock_release(&group->lock);
}

static void fire(struct rt__timer *timer)
{
    cancel((struct rt_group *)(void *)((char *)timer - offsetof(struct rt_group, timer)),
           RT_ETIMEDOUT);
}

void rt_group_cancel_at(rt_group *group, rt_site here)
{
    rt__call_begin("rt_group_cancel", here);
    rt__observe_use(group, here);
    cancel(group, RT_ECANCELED);
    rt__call_end();
}

bool rt_canceled(void)
{
    struct rt_group *group = rt__call_begin("rt_canceled", "")->group;
    bool canceled = false;
    if (group != NULL) {
        rt__observe_use(group, "");
        rt__lock_acquire(&group->lock);
        canceled = group->status != RT_OK;
        rt__lock_release(&group->lock);
    }
    if (canceled) {
        rt__observe_acquire(&group->status);
    }
    rt__call_end();
    return canceled;
}

/* ---- Making and releasing -------------------------------------------------------------------- */

/* Enters the group into its parent's list; one below a canceled group is born canceled. */
static void adopt(struct rt_group *parent, struct rt_group *child)
{
    rt__lock_acquire(&parent->lock);
    child->next_sibling = parent->children;
    parent->children = child;
    child->status = parent->status != RT_OK ? RT_ECANCELED : RT_OK;
    rt__lock_release(&parent->lock);
}

static void disown(struct rt_group *parent, const struct rt_group *child)
{
    rt__lock_acquire(&parent->lock);
    struct rt_group **link = &parent->children;
    while (*link != child) {
        link = &(*link)->next_sibling;
    }
    *link = child->next_sibling;
    rt__lock_release(&parent->lock);
}

rt_group *rt_group_new_at(int64_t timeout_ns, rt_site here)
{
    struct rt__task *self = rt__call_begin("rt_group_new", here);
    rt_group *group = calloc(1, sizeof *group);
    if (group != NULL) {
        group->parent = self->group;
        if (group->parent != NULL) {
            adopt(group->parent, group);
        }
        group->timed = timeout_ns >= 0;
        if (group->timed) {
            group->timer = (struct rt__timer){.when_ns = rt__deadline(timeout_ns), .fire = fire};
            rt__timer_arm(&group->timer);
        }
    }
    rt__call_end();
    return group;
}

void rt_group_free_at(rt_group *group, rt_site here)
{
    if (group == NULL) {
        return;
    }
    rt__call_begin("rt_group_free", here);
    rt__observe_use(group, here);
    if (group->timed) {
        rt__timer_cancel(&group->timer);
    }
    rt__lock_acquire(&group->lock);
    if (group->tasks > 0) {
        rt__misuse(here, "rt_group_free of `%s`, which still has %lld tasks: rt_group_wait first",
                   rt__site_object(here), (long long)group->tasks);
    }
    rt__lock_release(&group->lock);
    if (group->parent != NULL) {
        disown(group->parent, group);
    }
    free(group);
    rt__call_end();
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

bool rt__group_join(struct rt_group *group, bool even_if_canceled)
{
    rt__lock_acquire(&group->lock);
    bool joins = even_if_canceled || group->status == RT_OK;
    group->tasks += joins;
    rt__lock_release(&group->lock);
    return joins;
}

/* The last access to the group is the release of its lock: a waiter may free it then. */
void rt__group_part(struct rt_group *group)
{
    struct rt__task *woken = NULL;
    rt__observe_use(group, "");
    rt__observe_release(group);
    rt__lock_acquire(&group->lock);
    if (--group->tasks == 0) {
        woken = rt__wait_list_pop_all(&group->waiters);
    }
    rt__lock_release(&group->lock);
    rt__ready_list(woken);
}

int rt_group_go_at(rt_group *group, void (*fn)(void *arg), void *arg, rt_site here)
{
    rt__call_begin("rt_group_go", here);
    rt__observe_use(group, here);
    int error = rt__spawn(group, fn, arg, here);
    rt__call_end();
    return error;
}

/* Not contested: a canceled task still waits for its own groups, which are canceled with it. */
int rt_group_wait_at(rt_group *group, rt_site here)
{
    struct rt__waiter waiter = {.task = rt__call_begin("rt_group_wait", here)};
    if (waiter.task->group == group) {
        rt__misuse(here,
                   "a task of the group `%s` waits for the group to end: it would wait for itself",
                   rt__site_object(here));
    }
    rt__observe_use(group, here);
    rt__lock_acquire(&group->lock);
    if (group->tasks > 0) {
        rt__wait_list_append(&group->waiters, &waiter);
        rt__park(rt__commit_unlock, &group->lock, RT__WAIT_GROUP, group, here);
        rt__lock_acquire(&group->lock);
    }
    int status = group->status;
    rt__lock_release(&group->lock);
    rt__observe_acquire(group);
    rt__call_end();
    return status;
}
