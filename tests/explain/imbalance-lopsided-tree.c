/* Divide and conquer that divides badly: the left side gets a sixteenth of the numbers and the right
 * side the rest, until the rest is three quarters of the whole. That last piece is done by one task,
 * long after all the others have ended. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define NUMBERS 60000
#define SMALL 45000
#define ROUNDS 1500
#define ANSWER 52894371U /* as it is without tasks */

struct part {
    uint32_t begin, end, sum;
    rt_wait_group *done;
};

static uint32_t collapse(uint32_t n)
{
    for (int i = 0; i < ROUNDS; i++)
        n = n % 2 == 0 ? n / 2 + 77 : 3 * n + 1;
    return n;
}

static void add_up(void *arg)
{
    struct part *part = arg;

    if (part->end - part->begin <= SMALL) {
        for (uint32_t n = part->begin; n < part->end; n++)
            part->sum += collapse(n);
    } else {
        uint32_t cut = part->begin + (part->end - part->begin) / 16;
        rt_wait_group both = {0};
        struct part left = {part->begin, cut, 0, &both}, right = {cut, part->end, 0, &both};
        rt_wait_group_add(&both, 2);
        rt_go(add_up, &left);  /* here */
        rt_go(add_up, &right); /* here */
        rt_wait_group_wait(&both);
        part->sum = left.sum + right.sum;
    }
    rt_wait_group_done(part->done);
}

static void main_task(void *arg)
{
    rt_wait_group done = {0};
    struct part all = {0, NUMBERS, 0, &done};

    (void)arg;
    rt_wait_group_add(&done, 1);
    add_up(&all);
    if (all.sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
