/* The second task waits for a word from the first, which looks like an order between the two. But the word comes before
 * the locks are taken, not after they are given back. Hard to hit: the second one has four steps to go
 * meanwhile. */
/* expect: lock_order */
#include "rt.h"

static rt_mutex a, b;
static rt_chan *word;
static rt_wait_group done;

static void first(void *arg)
{
    (void)arg;
    rt_chan_send(word, NULL);
    rt_mutex_lock(&a);
    rt_mutex_lock(&b);
    rt_mutex_unlock(&b);
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void second(void *arg)
{
    (void)arg;
    rt_chan_recv(word, NULL);
    for (int i = 0; i < 4; i++)
        rt_yield();
    rt_mutex_lock(&b);
    rt_mutex_lock(&a);
    rt_mutex_unlock(&a);
    rt_mutex_unlock(&b);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    word = rt_chan_new(0, 1);
    rt_wait_group_add(&done, 2);
    rt_go(first, NULL);
    rt_go(second, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
