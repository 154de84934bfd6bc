/* Wrong: a thread for each player. What blocks a task can't be called from a thread that the runtime does
 * not know. */
#include <pthread.h>
#include <stdlib.h>

#include "quiz.h"

struct game {
    int player, questions;
    int *score;
};

static void *host(void *arg)
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
    return NULL;
}

void play(int players, int questions, int *scores)
{
    struct game *games = malloc((size_t)players * sizeof *games);
    pthread_t *threads = malloc((size_t)players * sizeof *threads);

    for (int i = 0; i < players; i++) {
        games[i] = (struct game){i, questions, &scores[i]};
        if (pthread_create(&threads[i], NULL, host, &games[i]) != 0)
            abort();
    }
    for (int i = 0; i < players; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    free(games);
}
