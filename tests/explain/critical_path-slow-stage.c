/* A pipeline of three stages, a task each: parse, render, store. Rendering takes nine tenths of the
 * time, and there is one task for it: several could share the work of that stage. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PAGES 60
#define ANSWER 381739356U /* as it is without tasks */

static rt_chan *parsed, *rendered;

static uint32_t mix(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void parse_pages(void *arg)
{
    (void)arg;
    for (uint32_t page = 0; page < PAGES; page++) {
        uint32_t words = mix(page, 100000);
        rt_chan_send(parsed, &words);
    }
    rt_chan_close(parsed);
}

static void render_pages(void *arg)
{
    uint32_t words;

    (void)arg;
    while (rt_chan_recv(parsed, &words) == RT_OK) { /* here */
        uint32_t picture = mix(words, 1800000);     /* here */
        rt_chan_send(rendered, &picture);           /* here */
    }
    rt_chan_close(rendered);
}

static void main_task(void *arg)
{
    uint32_t picture, sum = 0;

    (void)arg;
    parsed = rt_chan_new(sizeof(uint32_t), 4);
    rendered = rt_chan_new(sizeof(uint32_t), 4);
    rt_go(parse_pages, NULL);
    rt_go(render_pages, NULL);
    while (rt_chan_recv(rendered, &picture) == RT_OK) /* here */
        sum += mix(picture, 100000);
    if (sum != ANSWER)
        abort();
    rt_chan_free(parsed);
    rt_chan_free(rendered);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
