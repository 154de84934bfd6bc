/* A client sends a pointer to its own local struct and waits for the reply in it. The server writes into another task's
 * stack, in turn with its owner. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

struct request {
    int number, square;
    rt_chan *replied;
};
static rt_chan *requests;
static rt_wait_group clients;

static void serve(void *arg)
{
    struct request *request;

    (void)arg;
    while (rt_chan_recv(requests, &request) == RT_OK) {
        request->square = request->number * request->number;
        rt_chan_send(request->replied, NULL);
    }
}

static void ask(void *arg)
{
    struct request request = {.number = (int)(intptr_t)arg, .replied = rt_chan_new(0, 1)};
    struct request *address = &request;

    rt_chan_send(requests, &address);
    rt_chan_recv(request.replied, NULL);
    if (request.square != request.number * request.number)
        abort();
    rt_chan_free(request.replied);
    rt_wait_group_done(&clients);
}

static void main_task(void *arg)
{
    (void)arg;
    requests = rt_chan_new(sizeof(struct request *), 0);
    rt_go(serve, NULL);
    rt_wait_group_add(&clients, 3);
    for (intptr_t i = 1; i <= 3; i++)
        rt_go(ask, (void *)i);
    rt_wait_group_wait(&clients);
    rt_chan_close(requests);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
