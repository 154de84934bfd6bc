/* Wrong: releases the group as soon as it has been decided, without waiting for its tasks to end. */
#include "lost.h"

struct job {
    rt_group *group;
    rt_chan *decided; /* of int; room for all */
    int place;
    int status;
    int shelf;
};

static void search_place(void *arg)
{
    struct job *job = arg;

    job->status = search(job->place, &job->shelf);
    if (job->status != NOT_HERE)
        rt_chan_send(job->decided, &job->status);
}

/* What the jobs come to, once they have all ended. */
static int decide(const struct job *jobs, int count, int ended, struct spot *spot)
{
    for (int i = 0; i < count; i++) {
        if (jobs[i].status == RT_OK)
            *spot = (struct spot){jobs[i].place, jobs[i].shelf};
        if (jobs[i].status == RT_OK || jobs[i].status == RT_EIO)
            return jobs[i].status;
    }
    return ended == RT_ETIMEDOUT ? RT_ETIMEDOUT : NOT_HERE;
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    rt_group *group = rt_group_new(limit_ns);
    rt_chan *decided = rt_chan_new(sizeof(int), PLACES_MAX);
    struct job jobs[PLACES_MAX];

    for (int i = 0; i < places; i++) {
        jobs[i] =
            (struct job){.group = group, .decided = decided, .place = i, .status = RT_ECANCELED};
        rt_group_go(group, search_place, &jobs[i]);
    }
    int status;
    rt_chan_recv(decided, &status);
    int ended = status == RT_ECANCELED ? RT_ETIMEDOUT : RT_OK;
    rt_group_cancel(group);
    rt_group_free(group);
    return decide(jobs, places, ended, spot);
}
