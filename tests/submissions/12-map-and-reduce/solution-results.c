/* A right answer to lesson 12 without a lock: the workers take pieces by adding to a shared
 * number, and send their tables to the main task, which alone writes to the counts. A table has
 * one owner at a time: the worker fills it, the channel hands it over, the main task adds it up
 * and frees it. */
#include <stdatomic.h>
#include <stdlib.h>

#include "words.h"

#define PIECES_PER_WORKER 64

struct job {
    int length, size; /* of the text, of a piece */
    _Atomic(int64_t)
        next;        /* the first place that nobody has taken; relaxed: only its value counts */
    rt_chan *tables; /* of int64_t *, each of STEMS counts; one from each worker */
};

static void work(void *arg)
{
    struct job *job = arg;
    int64_t *mine = calloc(STEMS, sizeof *mine);
    int64_t first;

    while ((first = atomic_fetch_add_explicit(&job->next, job->size, memory_order_relaxed)) <
           job->length) {
        for (int64_t place = first; place < first + job->size && place < job->length; place++)
            mine[stem_at((int)place)]++;
    }
    rt_chan_send(job->tables, &mine);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job job = {
        .length = length,
        .size = length / (workers * PIECES_PER_WORKER) + 1,
        .tables = rt_chan_new(sizeof(int64_t *), 0),
    };

    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    for (int i = 0; i < workers; i++) {
        int64_t *table;
        rt_chan_recv(job.tables, &table);
        for (int stem = 0; stem < STEMS; stem++)
            counts[stem] += table[stem];
        free(table);
    }
    rt_chan_free(job.tables);
}
