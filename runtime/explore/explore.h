/* explore.h - explores the schedules of the program that this library is linked with.
 *
 * The program is an ordinary one, with a main() that calls rt_run. Its own files are compiled with
 * -fsanitize=thread, which puts a call (hooks.c) before each access to memory and in place of each
 * operation on an atomic; it is linked without ThreadSanitizer's library and with --wrap for the
 * functions in rt__wrapped (explore.mk lists them). Started, it explores instead of running once.
 * What to do comes in the environment:
 *
 *     RT_EXPLORE_SCHEDULES   how many schedules to try (default 2000)
 *     RT_EXPLORE_SEED        another portfolio of schedules for each (default 1)
 *     RT_EXPLORE_REPLAY      instead, only this one (replay.h)
 *     RT_EXPLORE_TIMES       ... so many times, counting how often it shows the same
 *     RT_EXPLORE_AGAIN       the command that a student gives to see a finding again, up to the schedule itself
 *     RT_EXPLORE_RESULT      a file, or the number of a descriptor, for the result as a line of JSON
 *     RT_EXPLORE_ANSWER      a descriptor for the answer that the first good schedule gave, as exercises give theirs
 *                            to the grader (exercises/exercise.h)
 *
 * What is found is told on standard error. Exit status 0: nothing, or it is in the result; 1:
 * something; RT_EXIT_MISUSE: the environment asks for what can't be. */
#ifndef RT_EXPLORE_EXPLORE_H
#define RT_EXPLORE_EXPLORE_H

#include <stdint.h>

struct rt__exploration {
    uint64_t schedules, seed;
    uint64_t tried, given_up; /* schedules */
    uint64_t steps;           /* in all of them */
};

/* Writes the line of JSON to where the environment says, if it does. */
struct rt__finding;
void rt__exploration_write(const struct rt__exploration *exploration,
                           const struct rt__finding *worst, const char *schedule);

/* The first good answer, likewise: that the exploration begins, and what came out. */
void rt__exploration_ready(void);
void rt__exploration_answer(void);

#endif
