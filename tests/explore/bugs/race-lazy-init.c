/* The first who needs the table makes it, but "am I the first" is asked without a lock: three tasks may all be, and
 * those who are not may get a pointer to a table that is not filled yet. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int storage[3][4];
static int tables_made;
static int *table;
static rt_wait_group done;

static int *get_table(void)
{
    if (table == NULL) {
        int *fresh = storage[tables_made++ % 3];
        for (int i = 0; i < 4; i++)
            fresh[i] = i * i;
        table = fresh;
    }
    return table;
}

static void look_up(void *arg)
{
    (void)arg;
    if (get_table()[3] > 9)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(look_up, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
