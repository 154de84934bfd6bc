/* Wrong: a worker counts whole pieces, also the last one, which goes on beyond the end of the text. As long as
 * the words come in round numbers, nobody notices. */
#include <stdatomic.h>
#include <stdlib.h>

#include "words.h"

#define PIECE 1000

struct job {
    _Atomic(int) next; /* the first word that nobody has taken; relaxed: it tells of nothing else */
    int length;
    int64_t *counts; /* guarded by `lock` */
    rt_mutex lock;
    rt_wait_group done;
};

static void work(void *arg)
{
    struct job *job = arg;
    int64_t *mine = calloc(STEMS, sizeof *mine);
    int first;

    while ((first = atomic_fetch_add_explicit(&job->next, PIECE, memory_order_relaxed)) <
           job->length) {
        for (int place = first; place < first + PIECE; place++)
            mine[stem_at(place)]++;
    }
    rt_mutex_lock(&job->lock);
    for (int stem = 0; stem < STEMS; stem++)
        job->counts[stem] += mine[stem];
    rt_mutex_unlock(&job->lock);
    free(mine);
    rt_wait_group_done(&job->done);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job job = {.length = length, .counts = counts};

    rt_wait_group_add(&job.done, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    rt_wait_group_wait(&job.done);
}
