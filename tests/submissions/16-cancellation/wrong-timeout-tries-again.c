/* Wrong: searches again after an error, "which may be over by then". A task that has been canceled is canceled for
 * good: each new search returns at once, and the loop never ends. */
#include "lost.h"

struct job {
    rt_group *group;
    int place;
    int status;
    int shelf;
};

static void search_place(void *arg)
{
    struct job *job = arg;

    do {
        job->status = search(job->place, &job->shelf);
    } while (job->status == RT_ECANCELED);
    if (job->status == RT_OK || job->status == RT_EIO)
        rt_group_cancel(job->group);
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
    struct job jobs[PLACES_MAX];

    for (int i = 0; i < places; i++) {
        jobs[i] = (struct job){.group = group, .place = i, .status = RT_ECANCELED};
        rt_group_go(group, search_place, &jobs[i]);
    }
    rt_group_wait(group);
    rt_group_free(group);
    return decide(jobs, places, spot);
}
