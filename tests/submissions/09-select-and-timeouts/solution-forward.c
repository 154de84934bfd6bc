/* A right answer to exercise 09 with a task for each line: all pass on what they hear by one channel, and a
 * ticker, of which only the first tick is waited for, is the alarm clock.
 *
 * A task that has an offer to pass on when nobody listens any more must not wait for ever: its send is a
 * select, too, with `hang_up` as the other case. */
#include <stdlib.h>

#include "offers.h"

struct ear {
    rt_chan *line, *heard, *hang_up;
    rt_wait_group *ears;
};

static void pass_on(void *arg)
{
    struct ear *ear = arg;
    struct offer offer;
    rt_case cases[] = {RT_SEND(ear->heard, &offer), RT_RECV(ear->hang_up, NULL)};

    while (rt_chan_recv(ear->line, &offer) == RT_OK) {
        if (rt_select(cases, 2, RT_FOREVER) == 1)
            break;
    }
    rt_wait_group_done(ear->ears);
}

/* Ends the conversation when all lines are closed. */
struct closer {
    rt_wait_group *ears;
    rt_chan *heard;
};

static void close_when_done(void *arg)
{
    struct closer *closer = arg;

    rt_wait_group_wait(closer->ears);
    rt_chan_close(closer->heard);
}

static struct offer best_heard(rt_chan *heard, int64_t patience_ns)
{
    rt_ticker *alarm = rt_ticker_new(patience_ns);
    struct offer best = {0}, offer;
    rt_case cases[] = {RT_RECV(heard, &offer), RT_RECV(rt_ticker_chan(alarm), NULL)};

    while (rt_select(cases, 2, RT_FOREVER) == 0 && cases[0].status == RT_OK) {
        if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents))
            best = offer;
    }
    rt_ticker_free(alarm);
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    struct ear all[SUPPLIERS_MAX];
    rt_wait_group ears = {0};
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *heard = rt_chan_new(sizeof(struct offer), 0);
    struct closer closer = {&ears, heard};

    rt_wait_group_add(&ears, count);
    for (int i = 0; i < count; i++) {
        all[i] = (struct ear){call(i, hang_up), heard, hang_up, &ears};
        rt_go(pass_on, &all[i]);
    }
    rt_go(close_when_done, &closer);
    struct offer best = best_heard(heard, patience_ns);
    rt_chan_close(hang_up);
    /* The closer is the last to touch what lies on this stack, and the ears were before it. */
    while (rt_chan_recv(heard, NULL) == RT_OK)
        continue;
    rt_chan_free(heard);
    return best;
}
