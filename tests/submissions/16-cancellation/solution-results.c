/* A right answer to exercise 16 with a channel of results: the tasks only report, and who waits for the reports
 * decides. The channel has room for all of them, so that a task whose group is canceled can report, too: a
 * send that need not wait still succeeds. */
#include "lost.h"

struct report {
    int place, status, shelf;
};

struct job {
    int place;
    rt_chan *reports; /* of struct report; room for all */
};

static void search_place(void *arg)
{
    struct job *job = arg;
    struct report report = {.place = job->place};

    report.status = search(job->place, &report.shelf);
    rt_chan_send(job->reports, &report);
}

/* Receives reports until it is decided, or all are there. */
static int await_decision(rt_chan *reports, int count, struct spot *spot)
{
    struct report report;

    for (int i = 0; i < count; i++) {
        rt_chan_recv(reports, &report);
        switch (report.status) {
        case RT_OK:
            *spot = (struct spot){report.place, report.shelf};
            return RT_OK;
        case RT_EIO:
            return RT_EIO;
        case RT_ECANCELED: /* nobody has canceled yet but the clock */
            return RT_ETIMEDOUT;
        }
    }
    return NOT_HERE;
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    rt_group *group = rt_group_new(limit_ns);
    rt_chan *reports = rt_chan_new(sizeof(struct report), (size_t)places);
    struct job jobs[PLACES_MAX];
    int started = 0; /* a group whose time is over starts nothing */

    for (int i = 0; i < places; i++) {
        jobs[i] = (struct job){i, reports};
        started += rt_group_go(group, search_place, &jobs[i]) == RT_OK;
    }
    int status = await_decision(reports, started, spot);
    if (status == NOT_HERE && started < places)
        status = RT_ETIMEDOUT;
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
    rt_chan_free(reports);
    return status;
}
