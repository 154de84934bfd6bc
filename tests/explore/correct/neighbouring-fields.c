/* Two fields of one struct, a task for each; a bit-field of width 0 keeps the flags in different memory
 * locations. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static struct state {
    short width;
    short height;
    unsigned opened : 1;
    unsigned : 0;
    unsigned paid : 1;
} state;
static rt_wait_group done;

static void open_shop(void *arg)
{
    (void)arg;
    state.width = 3;
    state.opened = 1;
    rt_wait_group_done(&done);
}

static void pay(void *arg)
{
    (void)arg;
    state.height = 4;
    state.paid = 1;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(open_shop, NULL);
    rt_go(pay, NULL);
    rt_wait_group_wait(&done);
    if (state.width * state.height != 12 || !state.opened || !state.paid)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
