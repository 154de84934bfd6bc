/* A text goes through three stages - read, make upper case, count - letter by letter, over channels
 * without a buffer. Handing a letter on takes many times as long as what is done with it; lines would
 * do. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define LETTERS 600000
#define ANSWER 8103694U /* as it is without tasks */

static rt_chan *letters, *capitals;

static void read_text(void *arg)
{
    uint32_t x = 1;

    (void)arg;
    for (int i = 0; i < LETTERS; i++) {
        x = x * UINT32_C(1103515245) + 12345;
        char letter = (char)('a' + (x >> 16) % 26);
        rt_chan_send(letters, &letter); /* here */
    }
    rt_chan_close(letters);
}

static void make_upper_case(void *arg)
{
    char letter;

    (void)arg;
    while (rt_chan_recv(letters, &letter) == RT_OK) { /* here */
        letter = (char)(letter - 'a' + 'A');
        rt_chan_send(capitals, &letter); /* here */
    }
    rt_chan_close(capitals);
}

static void main_task(void *arg)
{
    uint32_t counts[26] = {0}, sum = 0;
    char letter;

    (void)arg;
    letters = rt_chan_new(1, 0);
    capitals = rt_chan_new(1, 0);
    rt_go(read_text, NULL);
    rt_go(make_upper_case, NULL);
    while (rt_chan_recv(capitals, &letter) == RT_OK) /* here */
        counts[letter - 'A']++;
    for (uint32_t i = 0; i < 26; i++)
        sum += counts[i] * (i + 1);
    if (sum != ANSWER)
        abort();
    rt_chan_free(letters);
    rt_chan_free(capitals);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
