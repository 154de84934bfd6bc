/* A page is made of three answers: fetch all three (waits), decode each (computes), merge (serial). Four
 * pages are asked for at a time. */
#include "program.h"

struct part {
    uint64_t number, decoded;
    rt_wait_group *done;
};

static rt_chan *pages;

static void fetch(void *arg)
{
    struct part *part = arg;
    rt_sleep((int64_t)(5 + part->number % 3 * 4) * RT_MS);
    part->decoded = chain(part->number, 400000);
    rt_wait_group_done(part->done);
}

static void page(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    struct part parts[3];
    rt_wait_group done = {0};
    rt_wait_group_add(&done, 3);
    for (uint64_t i = 0; i < 3; i++) {
        parts[i] = (struct part){.number = number * 3 + i, .done = &done};
        rt_go(fetch, &parts[i]);
    }
    rt_wait_group_wait(&done);
    uint64_t merged = chain(parts[0].decoded ^ parts[1].decoded ^ parts[2].decoded, 300000);
    rt_chan_send(pages, &merged);
}

uint64_t program(int percent)
{
    uint64_t check = 0, merged;
    pages = rt_chan_new(sizeof(uint64_t), 0);
    for (int round = 0; round < percent / 5; round++) {
        for (intptr_t i = 0; i < 4; i++) {
            rt_go(page, (void *)(4 * round + i));
        }
        for (int i = 0; i < 4; i++) {
            rt_chan_recv(pages, &merged);
            check ^= merged;
        }
    }
    rt_chan_free(pages);
    return check;
}
