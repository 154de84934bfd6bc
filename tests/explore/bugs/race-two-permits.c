/* A semaphore guards the log as a lock would, but somebody gave it two permits "for speed". */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int log_lines[8], log_length;
static rt_semaphore guard = {.permits = 2};
static rt_wait_group done;

static void write_log(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&guard);
    log_lines[log_length] = 1;
    log_length++;
    rt_semaphore_release(&guard);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 5);
    for (int i = 0; i < 5; i++)
        rt_go(write_log, NULL);
    rt_wait_group_wait(&done);
    if (log_length > 5 || log_lines[0] > 1)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
