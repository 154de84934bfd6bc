/* Wrong: the hosts say over a channel that they are done, and one of them is not heard: the loop begins at
 * 1. That host waits for ever. */
#include <stdlib.h>

#include "quiz.h"

struct game {
    int player, questions;
    int *score;
    rt_chan *done;
};

static void host(void *arg)
{
    struct game *game = arg;
    int level = LEVEL_MIN, score = 0;

    for (int i = 0; i < game->questions; i++) {
        if (ask(game->player, level)) {
            score += level;
            if (level < LEVEL_MAX)
                level++;
        } else {
            level = (level + 1) / 2;
        }
    }
    *game->score = score;
    rt_chan_send(game->done, &score);
}

void play(int players, int questions, int *scores)
{
    struct game *games = malloc((size_t)players * sizeof *games);
    rt_chan *done = rt_chan_new(sizeof(int), 0);

    for (int i = 0; i < players; i++) {
        games[i] = (struct game){i, questions, &scores[i], done};
        rt_go(host, &games[i]);
    }
    for (int i = 1; i < players; i++)
        rt_chan_recv(done, NULL);
}
