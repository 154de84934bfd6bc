/* Wrong: the workers map, the main task reduces. But what the workers hand over is pieces, and the
 * work, which is to find the stems, is in the reduce: one task does it. */
#include <stdlib.h>

#include "words.h"

#define PIECES 256

struct piece {
    int first, end;
    rt_chan *mapped; /* of struct piece */
};

static void map(void *arg)
{
    struct piece *piece = arg;

    rt_chan_send(piece->mapped, piece);
}

static void reduce(const struct piece *piece, int64_t *counts)
{
    for (int place = piece->first; place < piece->end; place++)
        counts[stem_at(place)]++;
}

void count_words(int length, int64_t *counts, int workers)
{
    rt_chan *mapped = rt_chan_new(sizeof(struct piece), PIECES);
    struct piece *pieces = calloc(PIECES, sizeof *pieces), piece;
    int size = length / PIECES + 1, started = 0;

    (void)workers;
    for (int first = 0; first < length; first += size, started++) {
        int end = length - first < size ? length : first + size;
        pieces[started] = (struct piece){first, end, mapped};
        rt_go(map, &pieces[started]);
    }
    for (; started > 0; started--) {
        rt_chan_recv(mapped, &piece);
        reduce(&piece, counts);
    }
    rt_chan_free(mapped);
    free(pieces);
}
