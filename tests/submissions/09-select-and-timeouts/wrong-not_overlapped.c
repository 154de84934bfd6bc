/* Wrong: calls one supplier after the other, and waits for each with all the patience there is. */
#include "offers.h"

static struct offer cheaper(struct offer a, struct offer b)
{
    return b.cents > 0 && (a.cents == 0 || b.cents < a.cents) ? b : a;
}

static struct offer ask(int supplier, int64_t patience_ns)
{
    int64_t until_ns = rt_now() + patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    struct offer best = {0}, offer;
    rt_case line = RT_RECV(call(supplier, hang_up), &offer);
    int64_t left_ns;

    while ((left_ns = until_ns - rt_now()) > 0) {
        if (rt_select(&line, 1, left_ns) < 0 || line.status == RT_ECLOSED)
            break;
        best = cheaper(best, offer);
    }
    rt_chan_close(hang_up);
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    struct offer best = {0};

    for (int i = 0; i < count; i++)
        best = cheaper(best, ask(i, patience_ns));
    return best;
}
