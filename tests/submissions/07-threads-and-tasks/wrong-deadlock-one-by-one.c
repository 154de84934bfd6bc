/* Wrong: no tasks. The first player is to hear question 2 before the others have heard question 1. */
#include "quiz.h"

static int host(int player, int questions)
{
    int level = LEVEL_MIN, score = 0;

    for (int i = 0; i < questions; i++) {
        if (ask(player, level)) {
            score += level;
            if (level < LEVEL_MAX)
                level++;
        } else {
            level = (level + 1) / 2;
        }
    }
    return score;
}

void play(int players, int questions, int *scores)
{
    for (int player = 0; player < players; player++)
        scores[player] = host(player, questions);
}
