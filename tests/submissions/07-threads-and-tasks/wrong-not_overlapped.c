/* Wrong: one loop, question by question, with a table of all levels. The scores are right; but each player
 * thinks alone, and all others wait for that. */
#include <stdlib.h>

#include "quiz.h"

void play(int players, int questions, int *scores)
{
    int *levels = malloc((size_t)players * sizeof *levels);

    for (int player = 0; player < players; player++)
        levels[player] = LEVEL_MIN;
    for (int i = 0; i < questions; i++) {
        for (int player = 0; player < players; player++) {
            int level = levels[player];
            bool right = ask(player, level);
            scores[player] += right ? level : 0;
            levels[player] = !right ? (level + 1) / 2 : level < LEVEL_MAX ? level + 1 : level;
        }
    }
    free(levels);
}
