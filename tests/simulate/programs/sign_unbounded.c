/* The same payments as sign_pool, each in a task of its own, all at once. */
#include "program.h"

struct job {
    uint64_t payment, signature;
    rt_wait_group *done;
};

static void sign(void *arg)
{
    struct job *job = arg;
    job->signature = chain(job->payment, 20000 * (int64_t)(1 + job->payment % 8));
    rt_wait_group_done(job->done);
}

uint64_t program(int percent)
{
    static struct job all[1500];
    int count = 15 * percent;
    uint64_t stream = 1, check = 0;
    rt_wait_group done = {0};
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        all[i] = (struct job){.payment = draw(&stream), .done = &done};
        rt_go(sign, &all[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < count; i++) {
        check ^= all[i].signature;
    }
    return check;
}
