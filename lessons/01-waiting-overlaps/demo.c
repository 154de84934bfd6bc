/* demo.c - lesson 01: three downloads after each other and at once; three computations at once; and
 * a crowd of downloads.
 *
 * Run it with `make demo LESSON=01`. procs is 1 except where the output says otherwise. */
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define WAIT_NS (100 * RT_MS)

/* Steps of computing that take some ten milliseconds, and how many of them go between two ticks. */
#define STEPS 30000000
#define STEPS_PER_TICK 10000

/* What one task has to know. */
struct job {
    struct timeline_row *row;
    rt_wait_group *done;
};

/* Waits for a site, as a download does: the answer comes whether anybody computes meanwhile or
 * not. */
static void download(void *arg)
{
    struct job *job = arg;
    timeline_wait(job->row, "site");
    rt_sleep(WAIT_NS);
    timeline_run(job->row);
    timeline_end(job->row);
    rt_wait_group_done(job->done);
}

/* Computes, and waits for nothing. */
static void compute(void *arg)
{
    struct job *job = arg;
    volatile uint32_t result = 1;
    uint32_t x = 1;
    timeline_run(job->row);
    for (int i = 0; i < STEPS; i++) {
        x = x * 1664525 + 1013904223;
        if (i % STEPS_PER_TICK == 0)
            timeline_tick(job->row);
    }
    result = x; /* volatile, so that the compiler can't drop a computation that nobody needs */
    (void)result;
    timeline_end(job->row);
    rt_wait_group_done(job->done);
}

/* Does one thing three times, in a task each or in the caller's, and draws it. Returns the span of
 * the picture, so that the next one can be drawn on the same scale. */
static int64_t show(const char *title, void (*work)(void *), bool tasks, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    rt_wait_group done = {0};
    struct job jobs[3];
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        jobs[i] = (struct job){timeline_row(timeline, "%c", 'A' + i), &done};
    for (int i = 0; i < 3; i++) {
        if (tasks) {
            timeline_ready(jobs[i].row);
            rt_go(work, &jobs[i]);
        } else {
            work(&jobs[i]);
        }
    }
    rt_wait_group_wait(&done);
    timeline_draw(timeline, stdout, span_ns);
    span_ns = timeline_span_ns(timeline);
    timeline_free(timeline);
    printf("\n");
    return span_ns;
}

static void wait_only(void *arg)
{
    rt_sleep(WAIT_NS);
    rt_wait_group_done(arg);
}

/* Many waits at once, without a picture: how many milliseconds do all of them take together? */
static double crowd(int tasks)
{
    rt_wait_group done = {0};
    rt_wait_group_add(&done, tasks);
    int64_t start_ns = rt_now();
    for (int i = 0; i < tasks; i++)
        if (rt_go(wait_only, &done) != RT_OK)
            rt_wait_group_done(&done);
    rt_wait_group_wait(&done);
    double took_ms = (double)(rt_now() - start_ns) / RT_MS;
    printf("  %6d tasks  procs=%d  %8.1f ms of waits in %6.1f ms\n", tasks, rt_procs(0),
           (double)tasks * WAIT_NS / RT_MS, took_ms);
    return took_ms;
}

static void main_task(void *arg)
{
    (void)arg;
    int64_t span_ns = show("3 downloads, one after the other", download, false, 0);
    int64_t tasks_ns = show("3 downloads, a task each, procs=1", download, true, span_ns);
    figure("downloads_ms", (double)tasks_ns / RT_MS);
    span_ns = show("3 computations, one after the other", compute, false, 0);
    tasks_ns = show("3 computations, a task each, procs=1", compute, true, span_ns);
    figure("computations_speedup", (double)span_ns / (double)tasks_ns);
    printf("more and more tasks, each waiting %.0f ms\n", (double)WAIT_NS / RT_MS);
    crowd(5);
    for (int tasks = 10; tasks <= 1000; tasks *= 10)
        crowd(tasks);
    figure("crowd_ms", crowd(10000));
    rt_procs(rt_num_cpu());
    figure("ten_on_all_procs_ms", crowd(10));
}

int main(void)
{
    rt_procs(1);
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
