/* Wrong: the workers find the stems and send each of them to the main task, the only one that
 * counts. There is no lock in it, and there is one in every send: a message for each word costs
 * more than the word. */
#include "words.h"

struct piece {
    int first, end;
};

struct job {
    int length;
    rt_chan *pieces; /* of struct piece; closed after the last one */
    rt_chan *stems;  /* of int; one for each word */
};

static void work(void *arg)
{
    struct job *job = arg;
    struct piece piece;

    while (rt_chan_recv(job->pieces, &piece) == RT_OK) {
        for (int place = piece.first; place < piece.end; place++) {
            int stem = stem_at(place);
            rt_chan_send(job->stems, &stem);
        }
    }
}

static void hand_out(void *arg)
{
    struct job *job = arg;
    struct piece piece;
    int size = job->length / 256 + 1;

    for (int first = 0; first < job->length; first += size) {
        piece = (struct piece){first, job->length - first < size ? job->length : first + size};
        rt_chan_send(job->pieces, &piece);
    }
    rt_chan_close(job->pieces);
}

void count_words(int length, int64_t *counts, int workers)
{
    struct job job = {
        .length = length,
        .pieces = rt_chan_new(sizeof(struct piece), 0),
        .stems = rt_chan_new(sizeof(int), 0),
    };

    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    rt_go(hand_out, &job);
    for (int i = 0; i < length; i++) {
        int stem;
        rt_chan_recv(job.stems, &stem);
        counts[stem]++;
    }
    while (rt_num_tasks() > 1) /* until the workers have seen that there are no more pieces */
        rt_yield();
    rt_chan_free(job.stems);
    rt_chan_free(job.pieces);
}
