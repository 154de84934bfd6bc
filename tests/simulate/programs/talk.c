/* Two tasks in turn: each computes some ten microseconds, then lets the other go on. Never anything to do in
 * parallel. */
#include "program.h"

static rt_chan *to_left, *to_right;
static int turns;

static void right_side(void *arg)
{
    uint64_t word;
    (void)arg;
    while (rt_chan_recv(to_right, &word) == RT_OK) {
        word = chain(word, 5000);
        rt_chan_send(to_left, &word);
    }
}

uint64_t program(int percent)
{
    uint64_t word = 1;
    turns = 140 * percent;
    to_left = rt_chan_new(sizeof word, 0);
    to_right = rt_chan_new(sizeof word, 0);
    rt_go(right_side, NULL);
    for (int i = 0; i < turns; i++) {
        word = chain(word, 5000);
        rt_chan_send(to_right, &word);
        rt_chan_recv(to_left, &word);
    }
    rt_chan_close(to_right);
    return word;
}
