/* pool.c - complete this file: pool.h says what is asked, lessons/03-worker-pool/lesson.md why.
 *
 * Try it:     make run LESSON=03 PROCS=2
 * Grade it:   make check LESSON=03
 * Stuck?      make hint LESSON=03 */
#include "pool.h"

/* TODO: sign all payments with a pool of `workers` tasks. One way, step by step:
 *
 *   1. Write a plain loop that calls sign() for each payment, and grade it. The answer is right;
 *      the shape is not, because one task runs on one CPU, however many there are.
 *   2. Make a channel of jobs. A job says which payment to sign: its index is enough.
 *   3. Write the worker: a task that takes a job, signs, puts the signature in its place, and takes
 *      the next job, until the channel is closed and drained.
 *   4. Here: start the workers, send every job, close the channel.
 *   5. Wait until the workers have ended. A wait group counts them; a channel of results does too.
 *
 * A task gets one pointer. Put what the workers need into a struct and pass its address: it stays
 * alive, because sign_all() does not return before the workers have ended. */
void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    (void)payments; /* remove these four lines: they only keep the compiler quiet */
    (void)signatures;
    (void)count;
    (void)workers;
}
