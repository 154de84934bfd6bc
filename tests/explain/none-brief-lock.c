/* Counts the lengths of words in many pages. A task counts its page on its own, and takes the lock
 * once, to add its counts to those of all. Compare serialised_by_lock-token-channel.c. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PAGES 128
#define LETTERS 250000 /* a page */
#define LONGEST 32
#define ANSWER 25958032U /* as it is without tasks */

static struct {
    rt_mutex lock;
    uint32_t lengths[LONGEST];
} all;
static rt_wait_group done;

/* Letters and blanks that only the page's number decides. */
static char next_letter(uint32_t *state)
{
    *state = *state * UINT32_C(1103515245) + 12345;
    uint32_t letter = (*state >> 16) % 32;
    return letter < 26 ? (char)('a' + letter) : ' ';
}

static void count_words(uint32_t page, uint32_t *lengths)
{
    uint32_t state = page, length = 0;

    for (int i = 0; i < LETTERS; i++) {
        if (next_letter(&state) != ' ') {
            length++;
        } else {
            lengths[length < LONGEST ? length : LONGEST - 1]++;
            length = 0;
        }
    }
}

static void read_page(void *arg)
{
    uint32_t mine[LONGEST] = {0};

    count_words((uint32_t)(uintptr_t)arg, mine);
    rt_mutex_lock(&all.lock);
    for (int i = 0; i < LONGEST; i++)
        all.lengths[i] += mine[i];
    rt_mutex_unlock(&all.lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, PAGES);
    for (uintptr_t page = 0; page < PAGES; page++)
        rt_go(read_page, (void *)page);
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < LONGEST; i++)
        sum += all.lengths[i] * i;
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
