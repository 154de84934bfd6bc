/* Tasks of one wave lend their local arrays to helpers and end; the tasks of the next wave get the same stacks. A checker
 * that goes by addresses alone takes the two for one variable. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_wait_group wave;

struct loan {
    int values[4];
    rt_wait_group filled;
};

static void fill(void *arg)
{
    struct loan *loan = arg;

    for (int i = 0; i < 4; i++)
        loan->values[i] = i;
    rt_wait_group_done(&loan->filled);
}

static void lend(void *arg)
{
    struct loan loan = {.values = {0}};

    (void)arg;
    rt_wait_group_add(&loan.filled, 1);
    rt_go(fill, &loan);
    rt_wait_group_wait(&loan.filled);
    if (loan.values[1] + loan.values[2] + loan.values[3] != 6)
        abort();
    rt_wait_group_done(&wave);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int waves = 0; waves < 3; waves++) {
        rt_wait_group_add(&wave, 2);
        rt_go(lend, NULL);
        rt_go(lend, NULL);
        rt_wait_group_wait(&wave);
    }
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
