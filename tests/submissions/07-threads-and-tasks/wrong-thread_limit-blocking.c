/* Wrong: each host first lets the phone connect, with a sleep of the thread inside of rt_blocking. The procs
 * stay free, but now there is a thread for each player. */
#define _POSIX_C_SOURCE 200809L /* nanosleep */

#include <stdlib.h>
#include <time.h>

#include "quiz.h"

struct game {
    int player, questions;
    int *score;
    rt_wait_group *done;
};

static void let_phone_connect(void *arg)
{
    struct timespec second = {.tv_sec = 1};

    (void)arg;
    nanosleep(&second, NULL);
}

static void host(void *arg)
{
    struct game *game = arg;
    int level = LEVEL_MIN, score = 0;

    rt_blocking(let_phone_connect, NULL);
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
    rt_wait_group_done(game->done);
}

void play(int players, int questions, int *scores)
{
    struct game *games = malloc((size_t)players * sizeof *games);
    rt_wait_group done = {0};

    rt_wait_group_add(&done, players);
    for (int i = 0; i < players; i++) {
        games[i] = (struct game){i, questions, &scores[i], &done};
        rt_go(host, &games[i]);
    }
    rt_wait_group_wait(&done);
    free(games);
}
