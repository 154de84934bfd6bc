/* Wrong: a table for each worker, and in place of waiting, the main task looks again and again whether each
 * has said that it is done. Nothing orders the worker's counts before the main task's look at them. On
 * many processors the answer is right all the same. */
#include <stdlib.h>

#include "words.h"

struct part {
    int first, step, length;
    volatile bool is_done;
    int64_t counts[STEMS];
};

/* Every step-th word, so that long and short ones are dealt out evenly. */
static void count_part(void *arg)
{
    struct part *part = arg;

    for (int place = part->first; place < part->length; place += part->step)
        part->counts[stem_at(place)]++;
    part->is_done = true;
}

void count_words(int length, int64_t *counts, int workers)
{
    struct part *parts = calloc((size_t)workers, sizeof *parts);

    for (int i = 0; i < workers; i++) {
        parts[i].first = i;
        parts[i].step = workers;
        parts[i].length = length;
        rt_go(count_part, &parts[i]);
    }
    for (int i = 0; i < workers; i++) {
        while (!parts[i].is_done)
            rt_yield();
        for (int stem = 0; stem < STEMS; stem++)
            counts[stem] += parts[i].counts[stem];
    }
    free(parts);
}
