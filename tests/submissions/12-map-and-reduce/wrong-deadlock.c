/* Wrong: the main task waits for the workers to be done before it takes their tables, and a worker
 * is not done before somebody takes its table. */
#include <stdlib.h>

#include "words.h"

/* At the end a worker waits for the last piece of another one: some percent of the whole at
 * most. */
#define PIECES_PER_WORKER 64

struct piece {
    int first, end;
};

struct job {
    rt_chan *pieces; /* of struct piece; closed after the last one */
    rt_chan *tables; /* of int64_t *; one from each worker */
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
    rt_chan_send(job->tables, &mine);
    rt_wait_group_done(&job->workers);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job job = {.pieces = rt_chan_new(sizeof(struct piece), 0),
                      .tables = rt_chan_new(sizeof(int64_t *), 0)};
    int size = length / (workers * PIECES_PER_WORKER) + 1;

    rt_wait_group_add(&job.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    for (int first = 0; first < length; first += size) {
        struct piece piece = {first, length - first < size ? length : first + size};
        rt_chan_send(job.pieces, &piece);
    }
    rt_chan_close(job.pieces);
    rt_wait_group_wait(&job.workers);
    for (int i = 0; i < workers; i++) {
        int64_t *table;
        rt_chan_recv(job.tables, &table);
        for (int stem = 0; stem < STEMS; stem++)
            counts[stem] += table[stem];
        free(table);
    }
    rt_chan_free(job.pieces);
}
