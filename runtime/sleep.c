/* sleep.c - rt_sleep: waiting for the clock. */
#include "scheduler.h"

int64_t rt__deadline(int64_t timeout_ns)
{
    int64_t now_ns = rt_now();
    return timeout_ns < RT__NEVER - now_ns ? now_ns + timeout_ns : RT__NEVER - 1;
}

struct sleeper {
    struct rt__timer timer; /* first: fire gets its address */
    struct rt__task *task;
};

static void fire(struct rt__timer *timer)
{
    rt__ready_last(((struct sleeper *)timer)->task);
}

/* The timer is armed only when the task is off its stack: it may fire at once, on another
 * worker. */
static void commit_sleep(void *timer)
{
    rt__timer_arm(timer);
}

int rt_sleep_at(int64_t ns, rt_site here)
{
    if (ns <= 0) {
        rt_yield();
        return RT_OK;
    }
    struct rt__task *self = rt__call_begin("rt_sleep", here);
    if (self->group !=
        NULL) { /* could be canceled: a select knows how to wait for one of two things */
        rt__call_end();
        int status = rt_select_at(NULL, 0, ns, here);
        return status == RT_ETIMEDOUT ? RT_OK : status;
    }
    struct sleeper sleeper = {.timer = {.when_ns = rt__deadline(ns), .fire = fire, .kept = true},
                              .task = self};
    rt__park(commit_sleep, &sleeper.timer, RT__WAIT_SLEEP, NULL, here);
    rt__call_end();
    return RT_OK;
}
