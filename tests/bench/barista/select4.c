/* select4.c - one task receives from whichever of four unbuffered channels is ready. */
#include "barista.h"

struct sender {
    rt_chan *values;
    int64_t first, count; /* sends every SELECT_SENDERS-th value below count, from first on */
    rt_wait_group *all;
};

static void send_values(void *arg)
{
    struct sender *me = arg;
    for (int64_t i = me->first; i < me->count; i += SELECT_SENDERS) {
        rt_chan_send(me->values, &i);
    }
    rt_wait_group_done(me->all);
}

int64_t run_select4(int64_t n)
{
    struct sender senders[SELECT_SENDERS];
    rt_case cases[SELECT_SENDERS];
    rt_wait_group all = {0};
    int64_t value, sum = 0;
    rt_wait_group_add(&all, SELECT_SENDERS);
    for (int i = 0; i < SELECT_SENDERS; i++) {
        senders[i] = (struct sender){new_chan(sizeof(int64_t), 0), i, n, &all};
        cases[i] = RT_RECV(senders[i].values, &value);
        start_task(send_values, &senders[i]);
    }
    for (int64_t i = 0; i < n; i++) {
        int chosen = rt_select(cases, SELECT_SENDERS, RT_FOREVER);
        if (chosen != value % SELECT_SENDERS) {
            bench_fail("select says case %d, but the value is that of another", chosen);
        }
        sum += value;
    }
    rt_wait_group_wait(&all);
    for (int i = 0; i < SELECT_SENDERS; i++) {
        rt_chan_free(senders[i].values);
    }
    return sum;
}
