/* Wrong: waits for a report from every place. When the time is over before all tasks have been started, some
 * never report. */
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

    for (int i = 0; i < places; i++) {
        jobs[i] = (struct job){i, reports};
        rt_group_go(group, search_place, &jobs[i]);
    }
    int status = await_decision(reports, places, spot);
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
    rt_chan_free(reports);
    return status;
}
