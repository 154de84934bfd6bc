/* etl.c - complete this file. What is asked stands in etl.h, and why in
 * lessons/19-hybrid-pipeline/lesson.md.
 *
 * Try it:     make run LESSON=19 PROCS=2
 * Grade it:   make check LESSON=19
 * Stuck?      make hint LESSON=19 */
#include "etl.h"

/* TODO: three stages, and a channel between each of them and the next. One way, step by step:
 *
 *   1. Write the plain loop: write_row(transform(read_record(station))). Grade it: the answer is
 *      right, the shape is not.
 *   2. A reader is a task that takes station numbers from a channel, as the workers of lesson 03 do,
 *      and sends the records on the next channel. Start `readers` of them.
 *   3. A worker takes records from that channel and sends rows on the next. Start `workers` of them.
 *   4. The main task receives the rows and writes them. Who hands out the numbers meanwhile?
 *   5. Each of the three channels must be closed by somebody, once, after the last value. Where
 *      several tasks send, lesson 05 tells who. */
void run_pipeline(int count, int readers, int workers)
{
    (void)count; /* remove these three lines: they only keep the compiler quiet */
    (void)readers;
    (void)workers;
}
