/* Wrong: it starts the hosts and goes home. Nobody has answered anything by then. */
#include <stdlib.h>

#include "quiz.h"

struct game {
    int player, questions;
    int *score;
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
}

void play(int players, int questions, int *scores)
{
    struct game *games = malloc((size_t)players * sizeof *games);

    for (int i = 0; i < players; i++) {
        games[i] = (struct game){i, questions, &scores[i]};
        rt_go(host, &games[i]);
    }
}
