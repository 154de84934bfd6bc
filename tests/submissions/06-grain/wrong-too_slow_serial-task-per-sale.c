/* Wrong: a task for each sale. Starting it takes several times as long as what it does. (A thousand
 * at a time, so that memory is not the trouble.) */
#include "takings.h"

#define TASKS 1000

struct sale {
    int64_t number;
    uint64_t cents;
    rt_wait_group *done;
};

static void look(void *arg)
{
    struct sale *sale = arg;

    sale->cents = cents(sale->number);
    rt_wait_group_done(sale->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    static struct sale batch[TASKS];
    rt_wait_group done = {0};
    uint64_t total = 0;

    (void)workers;
    for (int64_t first = 0; first < sales; first += TASKS) {
        int count = sales - first < TASKS ? (int)(sales - first) : TASKS;
        rt_wait_group_add(&done, count);
        for (int i = 0; i < count; i++) {
            batch[i] = (struct sale){first + i, 0, &done};
            rt_go(look, &batch[i]);
        }
        rt_wait_group_wait(&done);
        for (int i = 0; i < count; i++)
            total += batch[i].cents;
    }
    return total;
}
