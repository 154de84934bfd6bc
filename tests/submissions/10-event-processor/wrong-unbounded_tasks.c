/* Wrong: a task for each event, and a lock for each order. Whoever has many customers has as many tasks. */
#include "events.h"

#define LOCKS 64

static rt_mutex locks[LOCKS];

struct job {
    struct event event;
    rt_wait_group *all;
};

static void run_job(void *arg)
{
    struct job *job = arg;

    rt_mutex_lock(&locks[job->event.order % LOCKS]);
    handle(&job->event);
    rt_mutex_unlock(&locks[job->event.order % LOCKS]);
    rt_wait_group_done(job->all);
}

void process_events(rt_chan *events, int handlers, int room)
{
    static struct job jobs[1000];
    rt_wait_group all = {0};
    int count = 0;

    (void)handlers;
    (void)room;
    while (rt_chan_recv(events, &jobs[count].event) == RT_OK) {
        jobs[count].all = &all;
        rt_wait_group_add(&all, 1);
        rt_go(run_job, &jobs[count++]);
    }
    rt_wait_group_wait(&all);
}
