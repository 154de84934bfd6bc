/* Wrong: calls all at once, but listens to one line until it has ended, and then to the next. Each line that
 * never ends takes the whole patience. */
#include "offers.h"

static struct offer listen_to(rt_chan *chan, int64_t patience_ns, struct offer best)
{
    int64_t until_ns = rt_now() + patience_ns;
    struct offer offer;
    rt_case line = RT_RECV(chan, &offer);
    int64_t left_ns;

    while ((left_ns = until_ns - rt_now()) > 0) {
        if (rt_select(&line, 1, left_ns) < 0 || line.status == RT_ECLOSED)
            break;
        if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents))
            best = offer;
    }
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *lines[SUPPLIERS_MAX];
    struct offer best = {0};

    for (int i = 0; i < count; i++)
        lines[i] = call(i, hang_up);
    for (int i = 0; i < count; i++)
        best = listen_to(lines[i], patience_ns, best);
    rt_chan_close(hang_up);
    return best;
}
