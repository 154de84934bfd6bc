/* Wrong: waits for reports with a timeout of its own, and then walks away. Whoever is still searching stays
 * there, and those who never come back from the cellar stay for ever. */
#include "lost.h"

struct report {
    int place, status, shelf;
};

struct job {
    int place;
    rt_chan *reports;
};

static void search_place(void *arg)
{
    struct job *job = arg;
    struct report report = {.place = job->place};

    report.status = search(job->place, &report.shelf);
    rt_chan_send(job->reports, &report);
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    static struct job jobs[64 * PLACES_MAX]; /* the tasks outlive this call */
    static int used;
    rt_chan *reports = rt_chan_new(sizeof(struct report), (size_t)places);
    int64_t until_ns = rt_now() + limit_ns;
    struct report report;
    rt_case next = RT_RECV(reports, &report);

    for (int i = 0; i < places; i++) {
        struct job *job = &jobs[used++ % (64 * PLACES_MAX)];
        *job = (struct job){i, reports};
        rt_go(search_place, job);
    }
    for (int i = 0; i < places; i++) {
        int64_t left_ns = until_ns - rt_now();
        if (left_ns <= 0 || rt_select(&next, 1, left_ns) < 0)
            return RT_ETIMEDOUT;
        if (report.status == RT_OK)
            *spot = (struct spot){report.place, report.shelf};
        if (report.status != NOT_HERE)
            return report.status;
    }
    return NOT_HERE;
}
