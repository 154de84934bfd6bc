/* Wrong: a table for each worker, which is right, and an equal part of the text for each worker:
 * the parts are equal in words, not in work. Who has the children's books is done at once. */
#include <stdlib.h>

#include "words.h"

struct piece {
    int first, end;
};

struct job {
    rt_chan *pieces; /* of struct piece; closed after the last one */
    int64_t *counts;
    rt_mutex lock; /* guards `counts` */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct job *job = arg;
    int64_t *mine = calloc(STEMS, sizeof *mine);
    struct piece piece;

    while (rt_chan_recv(job->pieces, &piece) == RT_OK) {
        for (int place = piece.first; place < piece.end; place++)
            mine[stem_at(place)]++;
    }
    rt_mutex_lock(&job->lock);
    for (int stem = 0; stem < STEMS; stem++)
        job->counts[stem] += mine[stem];
    rt_mutex_unlock(&job->lock);
    free(mine);
    rt_wait_group_done(&job->workers);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job job = {.pieces = rt_chan_new(sizeof(struct piece), 0), .counts = counts};
    int size = length / workers + 1;

    rt_wait_group_add(&job.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    for (int first = 0; first < length; first += size) {
        struct piece piece = {first, length - first < size ? length : first + size};
        rt_chan_send(job.pieces, &piece);
    }
    rt_chan_close(job.pieces);
    rt_wait_group_wait(&job.workers);
    rt_chan_free(job.pieces);
}
