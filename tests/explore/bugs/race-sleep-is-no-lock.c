/* "By then the worker has surely finished": a sleep orders nothing. In plain runs it nearly always comes out
 * right. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int result;

static void work(void *arg)
{
    (void)arg;
    result = 12;
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(work, NULL);
    rt_sleep(100 * RT_US);
    if (result > 12)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
