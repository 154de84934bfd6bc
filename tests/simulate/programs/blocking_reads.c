/* Reads that block the thread: 12 of 20 ms in rt_blocking, while a task computes 150 ms. */
#include <time.h>

#include "program.h"

static rt_wait_group done;
static uint64_t computed;

static void read_slowly(void *arg)
{
    struct timespec wish = {.tv_nsec = 20 * RT_MS};
    (void)arg;
    nanosleep(&wish, NULL);
}

static void reader(void *arg)
{
    (void)arg;
    for (int i = 0; i < 12; i++) {
        rt_blocking(read_slowly, NULL);
    }
    rt_wait_group_done(&done);
}

static void compute(void *arg)
{
    int percent = *(int *)arg;
    computed = chain(1, 700000 * (int64_t)percent);
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    rt_wait_group_add(&done, 3);
    rt_go(reader, NULL);
    rt_go(reader, NULL);
    rt_go(compute, &percent);
    rt_wait_group_wait(&done);
    return computed;
}
