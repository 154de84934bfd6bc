/* trio.c - complete this file. What is asked stands in trio.h, and why in
 * lessons/08-procs-knob/lesson.md.
 *
 * Try it:     make run LESSON=08 PROCS=2
 * Grade it:   make check LESSON=08
 * Stuck?      make hint LESSON=08 */
#include "trio.h"

/* TODO: a task for each bean. A struct for each task holds the bean and has room for its heat; when all
 * tasks are done, a plain loop adds up. */
uint64_t heat_all(int beans)
{
    (void)beans; /* remove this line: it only keeps the compiler quiet */
    return 0;
}

/* TODO: the three measurements, step by step:
 *
 *   1. The sequential one: look at the clock, add up heat(bean) in a loop, look at the clock.
 *   2. rt_procs(1) sets the knob and returns what it was. Keep that.
 *   3. The concurrent one: clock, heat_all(), clock.
 *   4. Set the knob to `procs`; the parallel one.
 *   5. Put the knob back. And print the three times, and how many times as fast the last two are as
 *      the first: you have them, so look at them. */
void benchmark(int beans, int procs, struct trio *trio)
{
    (void)beans; /* remove these two lines */
    (void)procs;
    *trio = (struct trio){0};
}
