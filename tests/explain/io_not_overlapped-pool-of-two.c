/* Twenty addresses are asked, 20 milliseconds each, by a pool of two workers: a size that would suit
 * computing. Workers that wait cost nothing; with one for each address, all answers would be there at
 * once. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ADDRESSES 20
#define WORKERS 2
#define ANSWER 2610U /* as it is without tasks */

static rt_chan *addresses, *answers;

static void ask_server(uint32_t address, uint32_t *answer)
{
    rt_sleep(20 * RT_MS); /* here */
    *answer = address * address + 7;
}

static void work(void *arg)
{
    uint32_t address, answer;

    (void)arg;
    while (rt_chan_recv(addresses, &address) == RT_OK) {
        ask_server(address, &answer);
        rt_chan_send(answers, &answer);
    }
}

static void main_task(void *arg)
{
    uint32_t answer, sum = 0;

    (void)arg;
    addresses = rt_chan_new(sizeof(uint32_t), ADDRESSES);
    answers = rt_chan_new(sizeof(uint32_t), ADDRESSES);
    for (int i = 0; i < WORKERS; i++)
        rt_go(work, NULL); /* here */
    for (uint32_t address = 0; address < ADDRESSES; address++)
        rt_chan_send(addresses, &address);
    rt_chan_close(addresses);
    for (int i = 0; i < ADDRESSES; i++) {
        rt_chan_recv(answers, &answer);
        sum += answer;
    }
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
