/* Wrong: waits for the whole patience anew after each word. Whoever says "one moment please" often enough is
 * waited for until he makes his offer, which comes far too late. */
#include "offers.h"

/* Listens until all lines are closed or nothing is heard for some time. */
static struct offer listen_for(int64_t patience_ns, rt_chan *const *lines, int count)
{
    rt_case cases[SUPPLIERS_MAX];
    struct offer best = {0}, offer;
    int open = count;

    for (int i = 0; i < count; i++)
        cases[i] = RT_RECV(lines[i], &offer);
    while (open > 0) {
        int i = rt_select(cases, count, patience_ns);
        if (i == RT_ETIMEDOUT)
            break;
        if (cases[i].status == RT_ECLOSED) {
            cases[i].chan = NULL; /* has no more to say: never ready again */
            open--;
        } else if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents)) {
            best = offer;
        }
    }
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *lines[SUPPLIERS_MAX];

    for (int i = 0; i < count; i++)
        lines[i] = call(i, hang_up);
    struct offer best = listen_for(patience_ns, lines, count);
    rt_chan_close(hang_up);
    return best;
}
