/* Wrong: each worker reports after every piece, and all reports arrive. But nobody closes the
 * channel of pieces, so each worker waits for one more piece for ever, with its table. */
#include <stdlib.h>

#include "words.h"

#define PIECES 256

struct piece {
    int first, end;
};

struct job {
    rt_chan *pieces; /* of struct piece */
    int64_t *counts;
    rt_mutex lock; /* guards `counts` */
    rt_wait_group counted;
};

static void work(void *arg)
{
    struct job *job = arg;
    int64_t *mine = calloc(STEMS, sizeof *mine);
    struct piece piece;

    while (rt_chan_recv(job->pieces, &piece) == RT_OK) {
        for (int place = piece.first; place < piece.end; place++)
            mine[stem_at(place)]++;
        rt_mutex_lock(&job->lock);
        for (int stem = 0; stem < STEMS; stem++) {
            job->counts[stem] += mine[stem];
            mine[stem] = 0;
        }
        rt_mutex_unlock(&job->lock);
        rt_wait_group_done(&job->counted);
    }
    free(mine);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job *job = calloc(1, sizeof *job);
    int size = length / PIECES + 1;

    job->pieces = rt_chan_new(sizeof(struct piece), PIECES);
    job->counts = counts;
    for (int i = 0; i < workers; i++)
        rt_go(work, job);
    for (int first = 0; first < length; first += size) {
        struct piece piece = {first, length - first < size ? length : first + size};
        rt_wait_group_add(&job->counted, 1);
        rt_chan_send(job->pieces, &piece);
    }
    rt_wait_group_wait(&job->counted);
}
