/* Wrong: a pool of a hundred hosts, each of whom takes the next player when done with the last. A pool is
 * for work that can be finished; these games can only go on together. */
#include <stdlib.h>

#include "quiz.h"

#define HOSTS 100

struct pool {
    rt_chan *players; /* of int */
    int questions;
    int *scores;
    rt_wait_group hosts;
};

static void host(void *arg)
{
    struct pool *pool = arg;
    int player;

    while (rt_chan_recv(pool->players, &player) == RT_OK) {
        int level = LEVEL_MIN, score = 0;
        for (int i = 0; i < pool->questions; i++) {
            if (ask(player, level)) {
                score += level;
                if (level < LEVEL_MAX)
                    level++;
            } else {
                level = (level + 1) / 2;
            }
        }
        pool->scores[player] = score;
    }
    rt_wait_group_done(&pool->hosts);
}

void play(int players, int questions, int *scores)
{
    struct pool pool = {rt_chan_new(sizeof(int), 0), questions, scores, {0}};

    rt_wait_group_add(&pool.hosts, HOSTS);
    for (int i = 0; i < HOSTS; i++)
        rt_go(host, &pool);
    for (int player = 0; player < players; player++)
        rt_chan_send(pool.players, &player);
    rt_chan_close(pool.players);
    rt_wait_group_wait(&pool.hosts);
    rt_chan_free(pool.players);
}
