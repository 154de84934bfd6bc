/* Wrong: releases the group as soon as it has been decided, without waiting for its tasks to end. */
#include "lost.h"

struct job {
    rt_group *group;
    rt_chan *decided; /* room for all */
    int place;
    int status;
    int shelf;
};

static void search_place(void *arg)
{
    struct job *job = arg;

    job->status = search(job->place, &job->shelf);
    if (job->status != NOT_HERE)
        rt_chan_send(job->decided, NULL);
}

/* What the jobs come to, once they have all ended. If nobody has decided it, who was canceled, or not even
 * started, was so by the clock. */
static int decide(const struct job *jobs, int count, struct spot *spot)
{
    int status = NOT_HERE;

    for (int i = 0; i < count; i++) {
        if (jobs[i].status == RT_OK)
            *spot = (struct spot){jobs[i].place, jobs[i].shelf};
        if (jobs[i].status == RT_OK || jobs[i].status == RT_EIO)
            return jobs[i].status;
        if (jobs[i].status == RT_ECANCELED)
            status = RT_ETIMEDOUT;
    }
    return status;
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    rt_group *group = rt_group_new(limit_ns);
    rt_chan *decided = rt_chan_new(0, PLACES_MAX);
    struct job jobs[PLACES_MAX];

    for (int i = 0; i < places; i++) {
        jobs[i] =
            (struct job){.group = group, .decided = decided, .place = i, .status = RT_ECANCELED};
        rt_group_go(group, search_place, &jobs[i]);
    }
    rt_chan_recv(decided, NULL);
    rt_group_cancel(group);
    rt_group_free(group);
    return decide(jobs, places, spot);
}
