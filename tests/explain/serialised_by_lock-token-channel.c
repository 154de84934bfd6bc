/* Four tasks count the words of twelve pages. A channel with room for one token guards the table of
 * counts, and each takes the token before it begins to read its page. It would be needed for a moment,
 * when the page is read. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 4
#define PAGES 12
#define LETTERS 2500000  /* a page */
#define ANSWER 24337721U /* as it is without tasks */

static uint32_t lengths[32];
static rt_chan *token;
static rt_wait_group done;

/* Letters and blanks that only the page's number decides. */
static char next_letter(uint32_t *state)
{
    *state = *state * UINT32_C(1103515245) + 12345;
    uint32_t letter = (*state >> 16) % 32;
    return letter < 26 ? (char)('a' + letter) : ' ';
}

static void count_words(uint32_t page)
{
    uint32_t state = page, length = 0;

    for (int i = 0; i < LETTERS; i++) {
        if (next_letter(&state) != ' ') {
            length++;
        } else {
            lengths[length < 32 ? length : 31]++;
            length = 0;
        }
    }
}

static void read_pages(void *arg)
{
    for (uint32_t page = (uint32_t)(uintptr_t)arg; page < PAGES; page += TASKS) {
        rt_chan_recv(token, NULL); /* here */
        count_words(page);
        rt_chan_send(token, NULL);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    token = rt_chan_new(0, 1);
    rt_chan_send(token, NULL);
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(read_pages, (void *)task);
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < 32; i++)
        sum += lengths[i] * i;
    if (sum != ANSWER)
        abort();
    rt_chan_free(token);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
