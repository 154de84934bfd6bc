/* A right answer to lesson 18 with the same tasks in all passes. A worker that finds no more strips
 * waits at a barrier until the others have come; the last one to come begins the next pass. */
#include "photo.h"

#define STRIP 4

struct job {
    struct image *images[2];
    int passes, workers;
    rt_mutex lock; /* guards the next three, and goes with `begins` */
    int pass, next, waiting;
    rt_cond begins;
    rt_wait_group ended;
};

/* Takes the next strip of this pass. Returns its first row, or -1 when there is none left. */
static int take(struct job *job)
{
    int first = -1;

    rt_mutex_lock(&job->lock);
    if (job->next < job->images[0]->height) {
        first = job->next;
        job->next += STRIP;
    }
    rt_mutex_unlock(&job->lock);
    return first;
}

static void wait_for_all(struct job *job)
{
    rt_mutex_lock(&job->lock);
    int pass = job->pass;
    if (++job->waiting == job->workers) {
        job->pass++;
        job->next = job->waiting = 0;
        rt_cond_broadcast(&job->begins);
    }
    while (job->pass == pass)
        rt_cond_wait(&job->begins, &job->lock);
    rt_mutex_unlock(&job->lock);
}

static void work(void *arg)
{
    struct job *job = arg;
    int first;

    for (int pass = 0; pass < job->passes; pass++) {
        struct image *from = job->images[pass % 2], *to = job->images[1 - pass % 2];
        while ((first = take(job)) >= 0) {
            for (int y = first; y < first + STRIP && y < from->height; y++)
                smooth_row(from, to, y);
        }
        wait_for_all(job);
    }
    rt_wait_group_done(&job->ended);
}

const struct image *smooth(struct image *image, struct image *spare, int passes, int workers)
{
    struct job job = {.images = {image, spare}, .passes = passes, .workers = workers};

    rt_wait_group_add(&job.ended, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &job);
    rt_wait_group_wait(&job.ended);
    return job.images[passes % 2];
}
