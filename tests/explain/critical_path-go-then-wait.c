/* Twenty pictures are each brightened by a task of their own - and main waits for each before it starts
 * the next one. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PICTURES 20
#define PIXELS 65536
#define PASSES 150
#define ANSWER 126099020U /* as it is without tasks */

struct picture {
    uint8_t pixels[PIXELS];
};

static struct picture pictures[PICTURES];

static void brighten(void *arg)
{
    struct picture *picture = arg;

    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < PIXELS; i++) {
            uint32_t pixel = picture->pixels[(i * 7 + pass) % PIXELS];
            picture->pixels[i] = (uint8_t)(pixel + pixel / 16 + 1);
        }
    }
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    for (int i = 0; i < PICTURES; i++) {
        rt_group *group = rt_group_new(RT_FOREVER);
        rt_group_go(group, brighten, &pictures[i]); /* here */
        rt_group_wait(group);                       /* here */
        rt_group_free(group);
    }
    for (int i = 0; i < PICTURES; i++)
        for (int j = 0; j < PIXELS; j++)
            sum += pictures[i].pixels[j];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
