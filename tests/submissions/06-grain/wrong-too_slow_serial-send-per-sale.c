/* Wrong: the parts are right, but each amount goes to the main task by itself, through a channel.
 * To hand it over takes longer than to find it out. */
#include "takings.h"

struct part {
    int64_t first, end;
    rt_chan *amounts; /* of uint64_t; one for each sale */
};

static void look(void *arg)
{
    struct part *part = arg;

    for (int64_t sale = part->first; sale < part->end; sale++) {
        uint64_t amount = cents(sale);
        rt_chan_send(part->amounts, &amount);
    }
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_chan *amounts = rt_chan_new(sizeof(uint64_t), 0);
    uint64_t total = 0, amount;

    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, amounts};
        rt_go(look, &parts[i]);
    }
    for (int64_t i = 0; i < sales; i++) {
        rt_chan_recv(amounts, &amount);
        total += amount;
    }
    rt_chan_free(amounts);
    return total;
}
