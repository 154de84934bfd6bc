/* harness.c - holds the quiz of lesson 07 with players that are new to the submission.
 *
 * Input: `players`; `questions`, how many each is asked; `think_us`, how long a player thinks.
 *
 * That nobody hears a question before all have answered the last one is what the exercise is about: a
 * submission must be in the middle of all games at once. One that plays them one after the other, or a
 * hundred at a time, waits for ever. The sequential oracle gets by, since it goes question by question;
 * a submission that does the same is right, and its players think one after the other.
 *
 * Whether a player knows the answer depends on the player, the question's number and its level. So a
 * level that is wrong once, or one that belongs to another player, changes all that follows. */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "quiz.h"

/* The answer has a line for each of the first players, and one for all. */
#define PLAYERS_SHOWN 12

static int players, questions;
static int64_t think_ns;
static uint64_t night; /* which of the 2^64 quiz nights */

/* everybody_has_answered[q] is closed when they have answered question q; nothing is ever sent. */
static rt_chan **everybody_has_answered;

/* Atomic, since tasks count at the same time; relaxed, since a count tells of nothing but itself. What
 * one task is to know of another goes through the channels. */
static _Atomic(int) *asked;       /* how many questions each player has been asked */
static _Atomic(int) *answered;    /* how many players have answered each question */
static _Atomic(int64_t) too_many; /* questions beyond the last one, and to nobody */

static bool knows(int player, int number, int level)
{
    uint64_t x = night + (uint64_t)player * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)number;

    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (int)(x >> 40) % (LEVEL_MAX + 3) >= level;
}

static int count(_Atomic(int) *counter)
{
    return atomic_fetch_add_explicit(counter, 1, memory_order_relaxed) + 1;
}

bool ask(int player, int level)
{
    int number = player >= 0 && player < players ? count(&asked[player]) - 1 : questions;

    if (number >= questions) {
        atomic_fetch_add_explicit(&too_many, 1, memory_order_relaxed);
        return false;
    }
    if (number > 0)
        rt_chan_recv(everybody_has_answered[number - 1], NULL);
    if (think_ns > 0)
        rt_sleep(think_ns);
    if (count(&answered[number]) == players)
        rt_chan_close(everybody_has_answered[number]);
    return knows(player, number, level);
}

static void *memory_for(int count, size_t size)
{
    void *memory = calloc((size_t)count, size);

    if (memory == NULL)
        exit(EXERCISE_EXIT_LESSON);
    return memory;
}

/* What it made is never freed: the tasks of a wrong submission may still use it when this ends. */
void harness(void)
{
    players = (int)input_get("players");
    questions = (int)input_get("questions");
    think_ns = input_get("think_us") * RT_US;
    night = input_random();
    int *scores = memory_for(players, sizeof *scores);
    asked = memory_for(players, sizeof *asked);
    answered = memory_for(questions, sizeof *answered);
    everybody_has_answered = memory_for(questions, sizeof *everybody_has_answered);
    for (int i = 0; i < questions; i++)
        everybody_has_answered[i] = rt_chan_new(0, 0);

    play(players, questions, scores);

    uint64_t digest = 0;
    int64_t points = 0;
    for (int player = 0; player < players; player++) {
        if (player < PLAYERS_SHOWN)
            answer_line("player %2d: %d points", player, scores[player]);
        digest = digest * UINT64_C(6364136223846793005) + (uint64_t)scores[player];
        points += scores[player];
    }
    answer_line("all %d players: %" PRId64 " points, digest %016" PRIx64, players, points, digest);
    for (int i = 0; i < questions; i++)
        answer_line("question %d: %d answers", i + 1,
                    atomic_load_explicit(&answered[i], memory_order_relaxed));
    answer_line("questions too many: %" PRId64,
                atomic_load_explicit(&too_many, memory_order_relaxed));
}
