/* Wrong: does not look at what rt_mutex_lock returns. When somebody cancels while a task waits for the lock, the
 * task goes on without it. */
#include "lost.h"

struct hunt {
    rt_group *group;
    rt_mutex lock; /* protects all below */
    int still_searching;
    bool decided;
    int status; /* RT_ETIMEDOUT until it is decided */
    struct spot spot;
};

struct job {
    struct hunt *hunt;
    int place;
};

static void search_place(void *arg)
{
    struct job *job = arg;
    struct hunt *hunt = job->hunt;
    int shelf = 0;
    int status = search(job->place, &shelf);

    if (status == RT_ECANCELED)
        return;
    rt_mutex_lock(&hunt->lock);
    hunt->still_searching--;
    if (!hunt->decided && (status != NOT_HERE || hunt->still_searching == 0)) {
        hunt->decided = true;
        hunt->status = status;
        hunt->spot = (struct spot){job->place, shelf};
        rt_group_cancel(hunt->group);
    }
    rt_mutex_unlock(&hunt->lock);
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    struct hunt hunt = {
        .group = rt_group_new(limit_ns),
        .still_searching = places,
        .status = RT_ETIMEDOUT,
    };
    struct job jobs[PLACES_MAX];

    for (int i = 0; i < places; i++) {
        jobs[i] = (struct job){&hunt, i};
        rt_group_go(hunt.group, search_place, &jobs[i]);
    }
    rt_group_wait(hunt.group);
    rt_group_free(hunt.group);
    *spot = hunt.spot;
    return hunt.status;
}
