/* Results come in any order and say which place is theirs, so what is printed never depends on the schedule. */
/* expect: none */
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

struct result {
    int place, value;
};
static rt_chan *results;

static void work(void *arg)
{
    struct result result = {.place = (int)(intptr_t)arg};

    result.value = 10 * result.place;
    rt_chan_send(results, &result);
}

static void main_task(void *arg)
{
    int values[4] = {0};

    (void)arg;
    results = rt_chan_new(sizeof(struct result), 4);
    for (intptr_t i = 0; i < 4; i++)
        rt_go(work, (void *)i);
    for (int i = 0; i < 4; i++) {
        struct result result;
        rt_chan_recv(results, &result);
        values[result.place] = result.value;
    }
    printf("%d %d %d %d\n", values[0], values[1], values[2], values[3]);
    rt_chan_free(results);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
