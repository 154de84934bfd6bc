/* Wrong: two hosts share the players, a half each, and each of them goes question by question. So two
 * players think at the same time, and never more. */
#include <stdlib.h>

#include "quiz.h"

struct half {
    int first, end, questions;
    int *scores;
    rt_wait_group *done;
};

static void host(void *arg)
{
    struct half *half = arg;
    int *levels = malloc((size_t)half->end * sizeof *levels);

    for (int player = half->first; player < half->end; player++)
        levels[player] = LEVEL_MIN;
    for (int i = 0; i < half->questions; i++) {
        for (int player = half->first; player < half->end; player++) {
            int level = levels[player];
            bool right = ask(player, level);
            half->scores[player] += right ? level : 0;
            levels[player] = !right ? (level + 1) / 2 : level < LEVEL_MAX ? level + 1 : level;
        }
    }
    free(levels);
    rt_wait_group_done(half->done);
}

void play(int players, int questions, int *scores)
{
    rt_wait_group done = {0};
    struct half halves[] = {{0, players / 2, questions, scores, &done},
                            {players / 2, players, questions, scores, &done}};

    rt_wait_group_add(&done, 2);
    rt_go(host, &halves[0]);
    rt_go(host, &halves[1]);
    rt_wait_group_wait(&done);
}
