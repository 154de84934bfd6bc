/* Wrong: one table for all, and no lock. Between reading a count and writing it back another task
 * adds to the same count, and that is lost. (The rt_yield makes sure that one does so now and
 * then, even on one proc; without it some counts would be a little too low in some runs, which is
 * worse.) */
#include "words.h"

#define TASKS 8

struct part {
    int first, end;
    int64_t *counts;
    rt_wait_group *done;
};

static void count_part(void *arg)
{
    struct part *part = arg;

    for (int place = part->first; place < part->end; place++) {
        int stem = stem_at(place);
        int64_t before = part->counts[stem];
        if (place % 64 == 0)
            rt_yield();
        part->counts[stem] = before + 1;
    }
    rt_wait_group_done(part->done);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct part parts[TASKS];
    rt_wait_group done = {0};
    int size = length / TASKS + 1;

    (void)workers;
    rt_wait_group_add(&done, TASKS);
    for (int i = 0; i < TASKS; i++) {
        int first = i * size < length ? i * size : length;
        parts[i] =
            (struct part){first, length - first < size ? length : first + size, counts, &done};
        rt_go(count_part, &parts[i]);
    }
    rt_wait_group_wait(&done);
}
