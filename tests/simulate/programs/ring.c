/* A token goes round a ring of a hundred tasks, each of which works on it for a microsecond. */
#include "program.h"

#define TASKS 100

static rt_chan *links[TASKS];

static void member(void *arg)
{
    int number = (int)(intptr_t)arg;
    uint64_t token;
    while (rt_chan_recv(links[number], &token) == RT_OK) {
        token = chain(token, 1000);
        rt_chan_send(links[number + 1], &token);
    }
}

uint64_t program(int percent)
{
    uint64_t token = 1;
    for (int i = 0; i < TASKS; i++) {
        links[i] = rt_chan_new(sizeof token, 0);
    }
    for (intptr_t i = 0; i < TASKS - 1; i++) {
        rt_go(member, (void *)i);
    }
    for (int round = 0; round < 10 * percent; round++) {
        rt_chan_send(links[0], &token);
        rt_chan_recv(links[TASKS - 1], &token);
    }
    return token;
}
