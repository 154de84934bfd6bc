/* Wrong: a line that is closed stays in the select. It is always ready, so the loop turns as fast as it can until
 * the time is over. */
#include "offers.h"

/* Listens until all lines are closed or the time is over. */
static struct offer listen_until(int64_t until_ns, rt_chan *const *lines, int count)
{
    rt_case cases[SUPPLIERS_MAX];
    struct offer best = {0}, offer;

    for (int i = 0; i < count; i++)
        cases[i] = RT_RECV(lines[i], &offer);
    while (true) {
        int64_t left_ns = until_ns - rt_now();
        if (left_ns <= 0)
            break;
        int i = rt_select(cases, count, left_ns);
        if (i == RT_ETIMEDOUT)
            break;
        if (cases[i].status == RT_ECLOSED) {
            continue;
        } else if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents)) {
            best = offer;
        }
    }
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    int64_t until_ns = rt_now() + patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *lines[SUPPLIERS_MAX];

    for (int i = 0; i < count; i++)
        lines[i] = call(i, hang_up);
    struct offer best = listen_until(until_ns, lines, count);
    rt_chan_close(hang_up);
    return best;
}
