/* A wrong count in the wait group: main adds one for each of three numbers, but starts a task only for those that are
 * not zero. In every schedule. */
/* expect: deadlock */
#include "rt.h"

static const int numbers[3] = {4, 0, 2};
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        rt_wait_group_add(&done, 1);
        if (numbers[i] == 0)
            continue;
        rt_go(work, NULL);
    }
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
