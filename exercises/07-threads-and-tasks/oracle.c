/* oracle.c - the expected answer of lesson 07, by plain sequential code: question by question, in each
 * of them player by player. The levels of all players lie in a table meanwhile, as this one function
 * cannot be in the middle of all their games at once. */
#include <stdlib.h>

#include "quiz.h"

void play(int players, int questions, int *scores)
{
    int *levels = calloc((size_t)players, sizeof *levels);

    if (levels == NULL)
        exit(1);
    for (int player = 0; player < players; player++) {
        levels[player] = LEVEL_MIN;
        scores[player] = 0;
    }
    for (int question = 0; question < questions; question++) {
        for (int player = 0; player < players; player++) {
            int *level = &levels[player];
            if (ask(player, *level)) {
                scores[player] += *level;
                *level = *level < LEVEL_MAX ? *level + 1 : LEVEL_MAX;
            } else {
                *level = (*level + 1) / 2;
            }
        }
    }
    free(levels);
}
