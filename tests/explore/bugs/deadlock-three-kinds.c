/* A cycle over three tasks in which no two wait for the same kind of thing: mutex, semaphore, and a token in a
 * channel. */
/* expect: deadlock */
#include "rt.h"

static rt_mutex mutex;
static rt_semaphore semaphore = {.permits = 1};
static rt_chan *token;
static rt_wait_group done;

static void mutex_then_semaphore(void *arg)
{
    (void)arg;
    rt_mutex_lock(&mutex);
    rt_semaphore_acquire(&semaphore);
    rt_semaphore_release(&semaphore);
    rt_mutex_unlock(&mutex);
    rt_wait_group_done(&done);
}

static void semaphore_then_token(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&semaphore);
    rt_chan_recv(token, NULL);
    rt_chan_send(token, NULL);
    rt_semaphore_release(&semaphore);
    rt_wait_group_done(&done);
}

static void token_then_mutex(void *arg)
{
    (void)arg;
    rt_chan_recv(token, NULL);
    rt_mutex_lock(&mutex);
    rt_mutex_unlock(&mutex);
    rt_chan_send(token, NULL);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    token = rt_chan_new(0, 1);
    rt_chan_send(token, NULL);
    rt_wait_group_add(&done, 3);
    rt_go(mutex_then_semaphore, NULL);
    rt_go(semaphore_then_token, NULL);
    rt_go(token_then_mutex, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
