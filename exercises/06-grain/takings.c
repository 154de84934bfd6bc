/* takings.c - complete this file. What is asked stands in takings.h, and why in
 * lessons/06-grain/lesson.md.
 *
 * Try it:     make run LESSON=06 PROCS=2
 * Grade it:   make check LESSON=06
 * Stuck?      make hint LESSON=06 */
#include "takings.h"

/* TODO: add up the takings on all procs. One way, step by step:
 *
 *   1. Write a plain loop over cents() and grade it: the answer is right, the shape is not.
 *   2. Start a task for each sale, for once, a thousand at a time: three million at once do not fit
 *      into the memory of a check. Grade that. How many times slower is it at procs=1 than the
 *      loop? `make why LESSON=06` says what the procs did instead.
 *   3. Choose how many sales a task gets, by the rule of the lesson: many enough that starting the
 *      task does not count, few enough that every worker gets some.
 *   4. Let each task add up in a variable of its own, and bring that to the total once, at its end.
 *      The last chunk is shorter than the others. */
uint64_t total_takings(int64_t sales, int workers)
{
    (void)sales; /* remove these two lines: they only keep the compiler quiet */
    (void)workers;
    return 0;
}
