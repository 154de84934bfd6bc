/* Eight tasks count what they do in one plain variable, four times each. Seven of them do it under the lock,
 * as they should; the one that works on the last part has a path of its own that forgets to. */
/* expect: race */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static int counter;
static rt_mutex lock;
static rt_wait_group done;

static void work(void *arg)
{
    intptr_t part = (intptr_t)arg;

    for (int i = 0; i < 4; i++) {
        if (part == 7) {
            counter++;
            continue;
        }
        rt_mutex_lock(&lock);
        counter++;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (intptr_t part = 0; part < 8; part++)
        rt_go(work, (void *)part);
    rt_wait_group_wait(&done);
    if (counter > 32)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
