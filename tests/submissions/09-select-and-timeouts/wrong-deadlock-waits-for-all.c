/* Wrong: waits until all lines are closed, however long that takes. One of them never will be. */
#include "offers.h"

/* Listens until all lines are closed. */
static struct offer listen(rt_chan *const *lines, int count)
{
    rt_case cases[SUPPLIERS_MAX];
    struct offer best = {0}, offer;
    int open = count;

    for (int i = 0; i < count; i++)
        cases[i] = RT_RECV(lines[i], &offer);
    while (open > 0) {
        int i = rt_select(cases, count, RT_FOREVER);
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
    (void)patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *lines[SUPPLIERS_MAX];

    for (int i = 0; i < count; i++)
        lines[i] = call(i, hang_up);
    struct offer best = listen(lines, count);
    rt_chan_close(hang_up);
    return best;
}
