/* Ten clients, and one server that does all the work, one request after the other. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define CLIENTS 10
#define MS 600000         /* so many steps take about a millisecond */
#define ANSWER 458383261U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_chan *requests, *replies;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void serve(void *arg)
{
    uint32_t number;

    (void)arg;
    while (rt_chan_recv(requests, &number) == RT_OK) { /* here */
        number = work(number, 2 * MS);                 /* here */
        rt_chan_send(replies, &number);                /* here */
    }
}

static void ask(void *arg)
{
    uint32_t question = (uint32_t)(uintptr_t)arg, reply;

    for (int i = 0; i < 5; i++) {
        rt_chan_send(requests, &question);
        rt_chan_recv(replies, &reply);
        sum += reply;
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    requests = rt_chan_new(sizeof(uint32_t), CLIENTS);
    replies = rt_chan_new(sizeof(uint32_t), CLIENTS);
    rt_go(serve, NULL);
    rt_wait_group_add(&done, CLIENTS);
    for (uintptr_t client = 0; client < CLIENTS; client++)
        rt_go(ask, (void *)client);
    rt_wait_group_wait(&done);
    rt_chan_close(requests);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
