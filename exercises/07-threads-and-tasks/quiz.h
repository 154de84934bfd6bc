/* quiz.h - the exercise of lesson 07: ten thousand players at once, and a host for each of them.
 *
 * You read this file and complete quiz.c. The coffee bar holds a quiz, and its guests play along on
 * their phones, at home as well. Everybody has a host of their own, who asks harder questions as long as
 * the answers are right. It is live: nobody hears question 2 before everybody has answered question 1.
 *
 * The harness runs play() once, in the main task. You may take every allocation, rt_chan_new and
 * rt_go to succeed. */
#ifndef QUIZ_H
#define QUIZ_H

#include <stdbool.h>

#include "rt.h"

/* The easiest and the hardest questions. */
#define LEVEL_MIN 1
#define LEVEL_MAX 9

/* Asks this player the next question, of this level, and says whether the answer was right. Given: it
 * lies in harness.c. It blocks the calling task until all players have answered the question before,
 * and then while this one thinks. Each player must be asked by one task at a time; any number of
 * players may be asked at once. */
bool ask(int player, int level);

/* Plays the whole quiz: each of the players 0 .. players - 1 is asked `questions` questions, and
 * afterwards scores[player] is what that player has won. Yours to write. It leaves no task when it
 * returns.
 *
 * For each player by itself: the first question has LEVEL_MIN. A right answer wins as many points as
 * the question's level, and the next question is one level harder, but never above LEVEL_MAX. After a
 * wrong answer the level is halved, and rounded up: 9 becomes 5, 5 becomes 3, 3 becomes 2, 2 becomes
 * 1, 1 stays.
 *
 * There are up to 20,000 players, and 160 MiB of memory for all of it. `questions` is at least 1. The
 * caller owns `scores`. */
void play(int players, int questions, int *scores);

#endif
