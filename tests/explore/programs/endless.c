/* Asks for ever whether something has happened that never will. */
#include <stdatomic.h>

#include "rt.h"

static _Atomic(int) happened;

static void main_task(void *arg)
{
    (void)arg;
    while (!atomic_load(&happened))
        rt_yield();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
