/* oracle.c - exercise 09 done plainly: one call after the other, each with all the patience there is. It
 * gives the expected answer, and the time that it takes to ask in turn. */
#include "offers.h"

/* What the supplier has said last within the patience, if it is a better offer than `best`. */
static struct offer listen_to(int supplier, int64_t patience_ns, struct offer best)
{
    int64_t until_ns = rt_now() + patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    struct offer offer;
    rt_case line = RT_RECV(call(supplier, hang_up), &offer);

    for (int64_t left_ns = patience_ns; left_ns > 0; left_ns = until_ns - rt_now()) {
        if (rt_select(&line, 1, left_ns) < 0 || line.status == RT_ECLOSED)
            break;
        if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents))
            best = offer;
    }
    rt_chan_close(hang_up);
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    struct offer best = {0};

    for (int i = 0; i < count; i++)
        best = listen_to(i, patience_ns, best);
    return best;
}
