/* A pipeline whose slow stage is shared by sixteen tasks: parse, render, store. Compare critical_path-
 * slow-stage.c. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PAGES 200
#define RENDERERS 16
#define ANSWER 234080006U /* as it is without tasks */

static rt_chan *parsed, *rendered;
static rt_wait_group rendering;

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
        uint32_t words = mix(page, 5000);
        rt_chan_send(parsed, &words);
    }
    rt_chan_close(parsed);
}

static void render_pages(void *arg)
{
    uint32_t words;

    (void)arg;
    while (rt_chan_recv(parsed, &words) == RT_OK) {
        uint32_t picture = mix(words, 800000);
        rt_chan_send(rendered, &picture);
    }
    rt_wait_group_done(&rendering);
}

static void close_when_rendered(void *arg)
{
    (void)arg;
    rt_wait_group_wait(&rendering);
    rt_chan_close(rendered);
}

static void main_task(void *arg)
{
    uint32_t picture, sum = 0;

    (void)arg;
    parsed = rt_chan_new(sizeof(uint32_t), RENDERERS);
    rendered = rt_chan_new(sizeof(uint32_t), RENDERERS);
    rt_wait_group_add(&rendering, RENDERERS);
    rt_go(parse_pages, NULL);
    for (int i = 0; i < RENDERERS; i++)
        rt_go(render_pages, NULL);
    rt_go(close_when_rendered, NULL);
    while (rt_chan_recv(rendered, &picture) == RT_OK)
        sum += mix(picture, 5000);
    if (sum != ANSWER)
        abort();
    rt_chan_free(parsed);
    rt_chan_free(rendered);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
