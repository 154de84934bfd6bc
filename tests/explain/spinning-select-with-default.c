/* Four handlers for two kinds of events, each of which looks for one with a select that never waits, in
 * a loop. An event comes every few milliseconds, and takes microseconds; in between the handlers keep
 * the procs busy for nothing. */
/* expect: spinning */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define HANDLERS 4
#define EVENTS 6
#define ANSWER 1599614904U /* as it is without tasks */

static rt_chan *clicks, *keys;
static _Atomic(uint32_t) handled;
static rt_wait_group done;

static uint32_t mix(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void handle(void *arg)
{
    uint32_t click, key;
    rt_case cases[] = {RT_RECV(clicks, &click), RT_RECV(keys, &key)};

    (void)arg;
    for (;;) {
        int chosen = rt_select(cases, 2, RT_NO_WAIT); /* here */
        bool closed = chosen >= 0 && cases[chosen].status == RT_ECLOSED;
        if (closed && rt_chan_len(clicks) == 0 && rt_chan_len(keys) == 0)
            break; /* both are closed one after the other */
        if (chosen >= 0 && !closed)
            handled += mix(chosen == 0 ? click : key, 3000);
        else
            rt_yield(); /* here */
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    clicks = rt_chan_new(sizeof(uint32_t), 8);
    keys = rt_chan_new(sizeof(uint32_t), 8);
    rt_wait_group_add(&done, HANDLERS);
    for (int i = 0; i < HANDLERS; i++)
        rt_go(handle, NULL);
    for (uint32_t event = 0; event < EVENTS; event++) {
        sum += mix(event, 6000000);
        rt_chan_send(event % 2 == 0 ? clicks : keys, &event);
    }
    rt_chan_close(clicks);
    rt_chan_close(keys);
    rt_wait_group_wait(&done);
    if (sum + handled != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
