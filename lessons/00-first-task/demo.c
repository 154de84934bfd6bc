/* demo.c - lesson 00: two speakers, first one after the other, then a task each; and two tasks that log
 * what they do.
 *
 * Run it with `make demo LESSON=00`. procs is 1 all the time: no two tasks ever run at
 * the same moment. */
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define WORDS 5

/* What a speaker's task has to know: rt_go() passes it one pointer. */
struct talk {
    const char *word;
    int64_t pause_ns;
    struct timeline_row *row;
    rt_wait_group *done;
};

static void speak(void *arg)
{
    struct talk *talk = arg;
    for (int i = 0; i < WORDS; i++) {
        timeline_wait(talk->row, NULL);
        rt_sleep(talk->pause_ns);
        timeline_run(talk->row);
        timeline_mark(talk->row, talk->word[0]);
        printf(" %s", talk->word);
    }
    timeline_end(talk->row);
    rt_wait_group_done(talk->done);
}

/* Lets both speak, in tasks of their own or in the caller's, and draws it. Returns the span of the
 * picture, so that the next one can be drawn on the same scale. */
static int64_t show(const char *title, bool tasks, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    rt_wait_group done = {0};
    struct talk hello = {"hello", 20 * RT_MS, timeline_row(timeline, "hello"), &done};
    struct talk world = {"world", 30 * RT_MS, timeline_row(timeline, "world"), &done};
    rt_wait_group_add(&done, 2);
    if (tasks) {
        rt_go(speak, &hello);
        rt_go(speak, &world);
    } else {
        speak(&hello);
        speak(&world);
    }
    rt_wait_group_wait(&done);
    printf("\n");
    timeline_draw(timeline, stdout, span_ns);
    span_ns = timeline_span_ns(timeline);
    timeline_free(timeline);
    printf("\n");
    return span_ns;
}

#define TICKS 3

static void tick(void *arg)
{
    struct talk *talk = arg;
    printf(" [%s starts]", talk->word);
    for (int i = 1; i <= TICKS; i++) {
        rt_sleep(talk->pause_ns);
        printf(" %s%d", talk->word, i);
    }
    printf(" [%s ends]", talk->word);
    rt_wait_group_done(talk->done);
}

/* Two tasks that do the same, in the same time. */
static void log_a_and_b(void)
{
    rt_wait_group done = {0};
    struct talk a = {.word = "A", .pause_ns = 20 * RT_MS, .done = &done};
    struct talk b = {.word = "B", .pause_ns = 20 * RT_MS, .done = &done};
    int64_t start_ns = rt_now();
    rt_wait_group_add(&done, 2);
    rt_go(tick, &a);
    rt_go(tick, &b);
    rt_wait_group_wait(&done);
    printf("\ntasks A and B, procs=1: %.1f ms\n", (double)(rt_now() - start_ns) / RT_MS);
}

static void main_task(void *arg)
{
    (void)arg;
    int64_t in_turn_ns = show("one after the other", false, 0);
    int64_t tasks_ns = show("two tasks, procs=1", true, in_turn_ns);
    figure("in_turn_ms", (double)in_turn_ns / RT_MS);
    figure("tasks_ms", (double)tasks_ns / RT_MS);
    log_a_and_b();
}

int main(void)
{
    printf("CPUs that this program may use: %d. procs, unless set: %d. Here: 1.\n\n", rt_num_cpu(),
           rt_procs(0));
    rt_procs(1);
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
