/* ticker.c - a task that sends the time again and again, in a group of its own that ends it.
 *
 * The channel holds one tick. A receiver that is late finds one, not a heap of them: Go drops ticks
 * too. */
#include <stdlib.h>

#include "report.h"
#include "rt.h"

struct rt_ticker {
    rt_chan *ticks;
    rt_group *group;
    int64_t period_ns;
};

static void tick(void *argument)
{
    rt_ticker *ticker = argument;
    rt_set_name("ticker");
    int64_t next_ns = rt_now() + ticker->period_ns;
    int64_t now_ns = rt_now();
    while (rt_sleep(next_ns > now_ns ? next_ns - now_ns : 1) == RT_OK) {
        now_ns = rt_now();
        rt_chan_try_send(ticker->ticks, &now_ns);
        next_ns += ticker->period_ns; /* from the plan, not from now: delays don't add up */
    }
}

static void release(rt_ticker *ticker, rt_site here)
{
    rt_group_free_at(ticker->group, here);
    rt_chan_free_at(ticker->ticks, here);
    free(ticker);
}

rt_ticker *rt_ticker_new_at(int64_t period_ns, rt_site here)
{
    if (period_ns <= 0) {
        rt__misuse(here, "a ticker with a period of %lld ns: it must be positive",
                   (long long)period_ns);
    }
    rt_ticker *ticker = calloc(1, sizeof *ticker);
    if (ticker == NULL) {
        return NULL;
    }
    ticker->period_ns = period_ns;
    ticker->ticks = rt_chan_new_at(sizeof(int64_t), 1, here);
    ticker->group = rt_group_new_at(RT_FOREVER, here);
    if (ticker->ticks == NULL || ticker->group == NULL ||
        rt_group_go_at(ticker->group, tick, ticker, here) != RT_OK) {
        release(ticker, here);
        return NULL;
    }
    return ticker;
}

rt_chan *rt_ticker_chan(const rt_ticker *ticker)
{
    return ticker->ticks;
}

void rt_ticker_free_at(rt_ticker *ticker, rt_site here)
{
    if (ticker != NULL) {
        rt_group_cancel_at(ticker->group, here);
        rt_group_wait_at(ticker->group, here);
        release(ticker, here);
    }
}
