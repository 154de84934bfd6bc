/* Eight tasks write into one log, which takes half a millisecond each time. Who finds its lock taken
 * tries again at once, over and over, where rt_mutex_lock would give the proc away and wait. */
/* expect: spinning */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define LINES 10
#define ANSWER 3168545604U /* as it is without tasks */

static struct {
    rt_mutex lock;
    uint32_t checksum;
} log_file;
static rt_wait_group done;

static uint32_t format(uint32_t line)
{
    for (int i = 0; i < 400000; i++)
        line = (line ^ (line >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return line;
}

static void write_line(uint32_t line)
{
    while (!rt_mutex_try_lock(&log_file.lock)) /* here */
        rt_yield();                            /* here */
    log_file.checksum += format(line);
    rt_mutex_unlock(&log_file.lock);
}

static void work(void *arg)
{
    uint32_t task = (uint32_t)(uintptr_t)arg;

    for (uint32_t i = 0; i < LINES; i++)
        write_line(task * LINES + i);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(work, (void *)task);
    rt_wait_group_wait(&done);
    if (log_file.checksum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
