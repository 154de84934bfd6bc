/* Bit-fields that share a word, each owned by another task - but under one lock. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static struct state {
    unsigned first : 4;
    unsigned second : 4;
} state;
static rt_mutex lock;
static rt_wait_group done;

static void count(void *arg)
{
    bool first = (intptr_t)arg == 0;

    for (int i = 0; i < 3; i++) {
        rt_mutex_lock(&lock);
        if (first)
            state.first++;
        else
            state.second++;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(count, (void *)(intptr_t)0);
    rt_go(count, (void *)(intptr_t)1);
    rt_wait_group_wait(&done);
    if (state.first != 3 || state.second != 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
