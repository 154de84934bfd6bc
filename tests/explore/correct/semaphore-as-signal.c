/* A semaphore that begins with no permit: release in one task, acquire in another one. Nobody gives back what it has
 * taken, and all is well. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int message;
static rt_semaphore written;

static void write_message(void *arg)
{
    (void)arg;
    message = 9;
    rt_semaphore_release(&written);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(write_message, NULL);
    rt_semaphore_acquire(&written);
    if (message != 9)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
