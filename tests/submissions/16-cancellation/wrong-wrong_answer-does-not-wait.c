/* Wrong: cancels, and returns at once. A cancel does not wait: the others have not even noticed yet. */
#include <stdlib.h>

#include "lost.h"

struct job {
    rt_chan *reports; /* of int; room for all */
    int place;
    int status;
    int shelf;
};

static void search_place(void *arg)
{
    struct job *job = arg;

    job->status = search(job->place, &job->shelf);
    rt_chan_send(job->reports, &job->status);
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
    rt_chan *reports = rt_chan_new(sizeof(int), PLACES_MAX);
    struct job *jobs = calloc(PLACES_MAX, sizeof *jobs); /* the tasks outlive this call */

    for (int i = 0; i < places; i++) {
        jobs[i] = (struct job){.reports = reports, .place = i, .status = RT_ECANCELED};
        rt_group_go(group, search_place, &jobs[i]);
    }
    int status = NOT_HERE, left = places;
    while (left-- > 0 && status == NOT_HERE)
        rt_chan_recv(reports, &status);
    rt_group_cancel(group);
    return decide(jobs, places, spot);
}
