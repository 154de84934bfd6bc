/* A plain flag says that the answer is there. Nothing orders the two writes for the reader, nor the flag
 * itself: the compiler and the processor may both swap them. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int answer;
static int ready;

static void compute(void *arg)
{
    (void)arg;
    answer = 42;
    ready = 1;
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(compute, NULL);
    while (!ready)
        rt_yield();
    if (answer != 42)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
