/* A task for each of forty requests, which waits 30 ms for a database, computes 5 ms, waits 20 ms for a
 * disk, and computes 3 ms. */
#include "program.h"

static rt_chan *answers;

static void request(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    rt_sleep(30 * RT_MS);
    uint64_t row = chain(number, 2500000);
    rt_sleep(20 * RT_MS);
    uint64_t answer = chain(row, 1500000);
    rt_chan_send(answers, &answer);
}

uint64_t program(int percent)
{
    int count = 40 * percent / 100;
    uint64_t check = 0;
    answers = rt_chan_new(sizeof(uint64_t), 0);
    for (intptr_t i = 0; i < count; i++) {
        rt_go(request, (void *)i);
    }
    for (int i = 0; i < count; i++) {
        uint64_t answer;
        rt_chan_recv(answers, &answer);
        check ^= answer;
    }
    rt_chan_free(answers);
    return check;
}
