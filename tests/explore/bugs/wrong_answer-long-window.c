/* A reader notes the version, does one more step, and trusts that "the version cannot have gone on by twenty
 * meanwhile": that is how many entries the ring has before it is written again. Hard to hit: the writer must make
 * all of its twenty steps between two neighbouring steps of the reader. A walk that switches at random every
 * few steps will not do that. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define RING 20
static _Atomic(int) version;
static rt_wait_group done;

static void write_ring(void *arg)
{
    (void)arg;
    for (int i = 0; i < RING; i++)
        atomic_fetch_add(&version, 1);
    rt_wait_group_done(&done);
}

static void read_ring(void *arg)
{
    (void)arg;
    int before = atomic_load(&version);
    int after = atomic_load(&version);
    if (after - before >= RING)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(read_ring, NULL);
    rt_go(write_ring, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
