/* Eight tasks each count in a byte of their own; the eight bytes lie in one word and one cache line. Slow, but correct: in
 * C11 each is a memory location of its own. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static _Alignas(8) uint8_t counts[8];
static rt_wait_group done;

static void count(void *arg)
{
    uint8_t *mine = arg;

    for (int i = 0; i < 3; i++)
        (*mine)++;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (int i = 0; i < 8; i++)
        rt_go(count, &counts[i]);
    rt_wait_group_wait(&done);
    for (int i = 0; i < 8; i++)
        if (counts[i] != 3)
            abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
