/* yield.c - two tasks that do nothing but yield to each other.
 *
 * At procs=1 each yield must switch: otherwise one that does nothing would be the fastest. So the
 * tasks note who ran last. A few of the yields may come back at once, when the scheduler looks
 * elsewhere. At more procs each task has a proc of its own and nobody to yield to. */
#include "barista.h"

struct yielder {
    int64_t yields;
    int64_t switches; /* how often another task ran during a yield */
    rt_wait_group *both;
};

static struct yielder *last; /* used at procs=1 only */

static void yield_alone(struct yielder *me)
{
    for (int64_t i = 0; i < me->yields; i++) {
        rt_yield();
    }
    me->switches = me->yields;
}

static void yield_in_turn(struct yielder *me)
{
    for (int64_t i = 0; i < me->yields; i++) {
        last = me;
        rt_yield();
        me->switches += last != me;
    }
}

static void yielder(void *arg)
{
    struct yielder *me = arg;
    if (bench_procs() == 1) {
        yield_in_turn(me);
    } else {
        yield_alone(me);
    }
    rt_wait_group_done(me->both);
}

int64_t run_yield(int64_t n)
{
    rt_wait_group both = {0};
    struct yielder one = {.yields = n / 2, .both = &both};
    struct yielder other = {.yields = n - n / 2, .both = &both};
    rt_wait_group_add(&both, 2);
    start_task(yielder, &one);
    start_task(yielder, &other);
    rt_wait_group_wait(&both);

    int64_t switches = one.switches + other.switches;
    if (switches < n - n / 16 - 2) {
        bench_fail("only %lld of %lld yields switched to the other task", (long long)switches,
                   (long long)n);
    }
    return one.yields + other.yields;
}
