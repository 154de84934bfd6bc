/* Asks two servers and takes the faster answer, or gives up after 6 ms: select with a timeout. Some answers
 * come after 2 to 4 ms, others only after 9. */
#include "program.h"

struct question {
    rt_chan *answer;
    int64_t ms;
    rt_wait_group *done;
};

static void server(void *arg)
{
    const struct question *question = arg;
    rt_sleep(question->ms * RT_MS);
    rt_chan_send(question->answer, &question->ms);
    rt_wait_group_done(question->done);
}

static uint64_t ask(int number)
{
    rt_wait_group done = {0};
    struct question one = {rt_chan_new(sizeof(int64_t), 1), number % 3 == 0 ? 9 : 2, &done};
    struct question two = {rt_chan_new(sizeof(int64_t), 1), number % 2 == 0 ? 9 : 4, &done};
    int64_t answer;
    rt_wait_group_add(&done, 2);
    rt_go(server, &one);
    rt_go(server, &two);
    rt_case cases[] = {RT_RECV(one.answer, &answer), RT_RECV(two.answer, &answer)};
    int first = rt_select(cases, 2, 6 * RT_MS);
    rt_sleep((first < 0 ? 4 : 10 - answer) * RT_MS); /* until both servers should be done */
    rt_wait_group_wait(&done);                       /* until they are */
    rt_chan_free(one.answer);
    rt_chan_free(two.answer);
    return first < 0 ? 0 : (uint64_t)answer;
}

uint64_t program(int percent)
{
    uint64_t sum = 0;
    for (int i = 0; i < 30 * percent / 100; i++) {
        sum = sum * 3 + ask(i);
    }
    return sum;
}
