/* Wrong: when the time is over, rt_select returns a negative code, and this takes it for the index of a case.
 * What lies before the array is on the stack, so on most days nothing happens. */
#include "offers.h"

struct offer best_offer(int count, int64_t patience_ns)
{
    int64_t until_ns = rt_now() + patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_case cases[SUPPLIERS_MAX];
    struct offer best = {0}, offer;
    int open = count;

    for (int i = 0; i < count; i++)
        cases[i] = RT_RECV(call(i, hang_up), &offer);
    while (open > 0 && rt_now() < until_ns) {
        int i = rt_select(cases, count, until_ns - rt_now());
        if (cases[i].status == RT_ECLOSED) {
            cases[i].chan = NULL;
            open--;
        } else if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents)) {
            best = offer;
        }
    }
    rt_chan_close(hang_up);
    return best;
}
