/* Pi by throwing darts: 320 tasks, each with random numbers of its own, in a group. */
#include "program.h"

#define TASKS 320

struct thrower {
    uint64_t stream;
    int64_t darts, hits;
};

static void throw(void *arg)
{
    struct thrower *thrower = arg;
    uint64_t stream = thrower->stream; /* not in the struct: throwers lie side by side */
    int64_t hits = 0;
    for (int64_t i = 0; i < thrower->darts; i++) {
        uint64_t bits = stream = chain(stream + 1, 4);
        double x = (double)(bits >> 32) / 4294967296.0, y = (double)(uint32_t)bits / 4294967296.0;
        hits += x * x + y * y < 1;
    }
    thrower->hits = hits;
}

uint64_t program(int percent)
{
    struct thrower throwers[TASKS];
    rt_group *group = rt_group_new(RT_FOREVER);
    uint64_t hits = 0;
    for (int i = 0; i < TASKS; i++) {
        throwers[i] = (struct thrower){.stream = (uint64_t)i, .darts = 3500 * percent};
        rt_group_go(group, throw, &throwers[i]);
    }
    rt_group_wait(group);
    rt_group_free(group);
    for (int i = 0; i < TASKS; i++) {
        hits += (uint64_t)throwers[i].hits;
    }
    return hits;
}
