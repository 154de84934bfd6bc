/* A struct of two words is replaced as a whole, but not at once: the reader can get the old half and the new half
 * of it. */
/* expect: race */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

struct position {
    int64_t x, y;
};
static struct position position;
static rt_wait_group done;

static void move(void *arg)
{
    (void)arg;
    for (int64_t step = 1; step <= 3; step++)
        position = (struct position){.x = step, .y = -step};
    rt_wait_group_done(&done);
}

static void watch(void *arg)
{
    (void)arg;
    struct position seen = position;
    if (seen.x + seen.y > 3)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(move, NULL);
    rt_go(watch, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
