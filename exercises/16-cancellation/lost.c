/* lost.c - exercise 16: search several places at once, and stop as soon as it is decided.
 *
 * What is asked stands in lost.h, how to go about it in the lesson (lessons/16-cancellation/lesson.md).
 *
 * Try it:     make run LESSON=16
 * Grade it:   make check LESSON=16
 * Stuck?      make hint LESSON=16 */
#include "lost.h"

/* What one task has to know, and what comes of it. */
struct job {
    int place;
    int status; /* what search() has returned */
    int shelf;
};

/* Searches one place. It has the form that rt_group_go() starts. */
static void search_place(void *arg)
{
    struct job *job = arg;

    job->status = search(job->place, &job->shelf);
    /* TODO 2: which results decide the whole search? The others have to hear of it. What does this task
     * need to know for that? */
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    rt_group *group = rt_group_new(limit_ns);
    struct job job = {.place = 0, .status = RT_ECANCELED};

    /* TODO 1: so far only one place is searched. Search all of them at the same time: a job for each. */
    rt_group_go(group, search_place, &job);
    rt_group_wait(group);
    rt_group_free(group);

    /* TODO 3: the tasks have ended. What have they found? If none of them has decided it: is that because
     * all were through, or because the time was over? */
    (void)places; /* remove this line: it only keeps the compiler quiet */
    *spot = (struct spot){job.place, job.shelf};
    return job.status;
}
