/* Estimates pi by throwing points into a square. All tasks take their points from one generator, a
 * thousand at a time and under its lock; making them takes much longer than looking where they fell. A
 * generator for each task would need no lock. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define THROWS 700 /* of BATCH points each */
#define BATCH 1000
#define ANSWER 547044U /* as it is without tasks */

struct point {
    float x, y;
};

static rt_mutex dice;
static uint64_t state = 88172645463325252;
static _Atomic(uint32_t) hits;
static rt_wait_group done;

/* Takes the best of many numbers, bit by bit: a slow but thorough generator. */
static float next_random(void)
{
    uint64_t bits = 0;

    for (int i = 0; i < 24; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bits = bits << 1 | (state & 1);
    }
    return (float)bits / (float)(1 << 24);
}

static void fill(struct point *points)
{
    rt_mutex_lock(&dice); /* here */
    for (int i = 0; i < BATCH; i++)
        points[i] = (struct point){next_random(), next_random()};
    rt_mutex_unlock(&dice);
}

static void throw_points(void *arg)
{
    struct point points[BATCH];
    uint32_t inside = 0;

    (void)arg;
    for (int i = 0; i < THROWS / TASKS; i++) {
        fill(points);
        for (int j = 0; j < BATCH; j++)
            inside += points[j].x * points[j].x + points[j].y * points[j].y < 1;
    }
    hits += inside;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (int i = 0; i < TASKS; i++)
        rt_go(throw_points, NULL);
    rt_wait_group_wait(&done);
    if (hits != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
