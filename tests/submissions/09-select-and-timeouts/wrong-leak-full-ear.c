/* Wrong: a task for each line passes on what it hears, and waits for ever when nobody listens any more: the
 * channel has no room, and hanging up does not reach a plain send. */
#include "offers.h"

struct ear {
    rt_chan *line, *heard;
};

static void pass_on(void *arg)
{
    struct ear *ear = arg;
    struct offer offer;

    while (rt_chan_recv(ear->line, &offer) == RT_OK)
        rt_chan_send(ear->heard, &offer);
    offer.supplier = -1; /* one line less */
    rt_chan_send(ear->heard, &offer);
}

static struct offer listen_until(int64_t until_ns, rt_chan *heard, int open)
{
    struct offer best = {0}, offer;
    rt_case next = RT_RECV(heard, &offer);

    while (open > 0) {
        int64_t left_ns = until_ns - rt_now();
        if (left_ns <= 0 || rt_select(&next, 1, left_ns) < 0)
            break;
        if (offer.supplier < 0)
            open--;
        else if (offer.cents > 0 && (best.cents == 0 || offer.cents < best.cents))
            best = offer;
    }
    return best;
}

struct offer best_offer(int count, int64_t patience_ns)
{
    static struct ear ears[2 * SUPPLIERS_MAX]; /* outlive this call, as the tasks do */
    static int used;
    int64_t until_ns = rt_now() + patience_ns;
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *heard = rt_chan_new(sizeof(struct offer), 0);

    for (int i = 0; i < count; i++) {
        struct ear *ear = &ears[used++ % (2 * SUPPLIERS_MAX)];
        *ear = (struct ear){call(i, hang_up), heard};
        rt_go(pass_on, ear);
    }
    struct offer best = listen_until(until_ns, heard, count);
    rt_chan_close(hang_up);
    return best;
}
