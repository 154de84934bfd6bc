/* runq.c - complete this file. What is asked stands in runq.h, and why in
 * lessons/22-scheduler/lesson.md.
 *
 * Try it:     make run LESSON=22 PROCS=2
 * Look for the schedule that breaks it:   make explore LESSON=22
 * Grade it:   make check LESSON=22
 * Stuck?      make hint LESSON=22 */
#include "runq.h"

/* TODO: write the three functions. One way, step by step:
 *
 *   1. runq_pop: load `ends`; if it is empty, false; read the job at the head; then try to swap the word for one whose head
 *      is one further on (atomic_compare_exchange_weak_explicit). If somebody was faster, begin again
 *      with the word that is there now.
 *   2. runq_push: the same at the other end. In which order do you write the slot and swap the word?
 *   3. runq_steal: read all the jobs first, then swap once. What you have taken is yours alone.
 *   4. Which memory order must a swap have, so that whoever takes a job sees what was written before it
 *      was pushed? */

bool runq_push(struct runq *queue, uint32_t job)
{
    (void)queue; /* remove these two lines: they only keep the compiler quiet */
    (void)job;
    return false;
}

bool runq_pop(struct runq *queue, uint32_t *job)
{
    (void)queue; /* these, too */
    (void)job;
    return false;
}

bool runq_steal(struct runq *from, struct runq *into, uint32_t *job)
{
    (void)from; /* and these */
    (void)into;
    (void)job;
    return false;
}
