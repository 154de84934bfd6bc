/* A cache under a read-write lock: nine in ten look-ups find what they want, the tenth computes and writes it. */
#include "program.h"

#define KEYS 1024
#define TASKS 6

static rt_rwmutex lock;
static uint64_t values[KEYS]; /* lock; 0: not there */
static int look_ups;
static uint64_t sums[TASKS];
static rt_wait_group done;

static uint64_t look_up(unsigned key, bool fresh)
{
    rt_rwmutex_read_lock(&lock);
    uint64_t value = fresh ? 0 : values[key];
    rt_rwmutex_read_unlock(&lock);
    if (value == 0) {
        value = chain(key + 1, 20000);
        rt_rwmutex_write_lock(&lock);
        values[key] = value;
        rt_rwmutex_write_unlock(&lock);
    }
    return value;
}

static void client(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg, sum = 0, stream = number;
    for (int i = 0; i < look_ups; i++) {
        uint64_t request = chain(draw(&stream), 2000);
        sum += look_up(request % KEYS, request >> 32 < (UINT64_C(1) << 32) / 10);
    }
    sums[number] = sum;
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    look_ups = 60 * percent;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(client, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++) {
        check ^= sums[i];
    }
    return check;
}
