/* mutex8.c - eight tasks add to one counter under one mutex. */
#include "barista.h"

struct counter {
    rt_mutex mutex;
    int64_t count; /* protected by mutex */
};

struct adder {
    struct counter *counter;
    int64_t times;
    rt_wait_group *all;
};

static void add(void *arg)
{
    struct adder *me = arg;
    struct counter *counter = me->counter;
    for (int64_t i = 0; i < me->times; i++) {
        rt_mutex_lock(&counter->mutex);
        counter->count++;
        rt_mutex_unlock(&counter->mutex);
    }
    rt_wait_group_done(me->all);
}

int64_t run_mutex8(int64_t n)
{
    struct counter counter = {0};
    struct adder adders[MUTEX_TASKS];
    rt_wait_group all = {0};
    rt_wait_group_add(&all, MUTEX_TASKS);
    for (int i = 0; i < MUTEX_TASKS; i++) {
        int64_t times = n / MUTEX_TASKS + (i < n % MUTEX_TASKS);
        adders[i] = (struct adder){&counter, times, &all};
        start_task(add, &adders[i]);
    }
    rt_wait_group_wait(&all);
    return counter.count;
}
