/* allocates-much.c - allocates, resizes and frees all the time, in many tasks. */
#include <string.h>

#include "honest.h"

static rt_wait_group done;

static void churn(void *number)
{
    char *kept[16] = {NULL};
    for (int i = 0; i < 2000; i++) {
        size_t bytes = (size_t)(((intptr_t)number * 7919 + i * 104729) % 5000 + 1);
        char *grown = realloc(kept[i % 16], bytes);
        must(grown != NULL, "realloc");
        memset(grown, i, bytes);
        kept[i % 16] = grown;
    }
    for (int i = 0; i < 16; i++)
        free(kept[i]);
    rt_wait_group_done(&done);
}

static void main_task(void *unused)
{
    (void)unused;
    rt_wait_group_add(&done, 50);
    for (intptr_t i = 0; i < 50; i++)
        rt_go(churn, (void *)i);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return run_as_task(main_task);
}
