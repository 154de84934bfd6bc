/* Two tasks each set a flag of their own. The flags are bit-fields that share a word, so each of them reads and
 * writes the other one's, too: one flag may be lost. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static struct state {
    unsigned opened : 1;
    unsigned paid : 1;
} state;
static rt_wait_group done;

static void open_shop(void *arg)
{
    (void)arg;
    state.opened = 1;
    rt_wait_group_done(&done);
}

static void pay(void *arg)
{
    (void)arg;
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
    if (!state.opened && !state.paid)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
