/* timeline.h - records what the tasks of a demo do, and draws it in the terminal.
 *
 * A demo makes a timeline, adds a row for each task, and says in each task when it runs, waits and
 * ends. Afterwards the timeline is drawn from these real moments: nothing in the picture is
 * invented.
 *
 *     struct timeline *shop = timeline_new("two orders at procs=%d", rt_procs(0));
 *     struct timeline_row *tea = timeline_row(shop, "tea");
 *     ...
 *     timeline_run(tea);             in the task, when it starts
 *     timeline_wait(tea, "boils");   just before it blocks
 *     rt_sleep(20 * RT_MS);
 *     timeline_run(tea);             just after it goes on
 *     timeline_end(tea);             when it is done
 *     ...
 *     timeline_draw(shop, stdout, 0);
 *     timeline_free(shop);
 *
 * gives
 *
 *     two orders at procs=1: 21 ms
 *       tea     |..boils............|
 *       coffee  |..brews.................|
 *               +---------+---------+---------
 *               0 ms      10        20
 *
 * What a column of a row shows:
 *     #  the task ran for at least half of the column's time
 *     |  it ran, but only for a moment
 *     .  it waited for the world outside: a timer, a disk, another machine
 *     -  it was blocked by another task: on a channel, a lock, a wait group
 *     :  it could have run, but no proc was free (see timeline_ready and timeline_tick)
 *     what it waited for is written into the dots or dashes if they have room for it
 *     a letter or digit: timeline_mark() was called in this column
 *
 * Threads: a row is written by one task at a time, so rows need no lock; rows may be added by
 * several tasks at once. Draw and free a timeline only after its tasks have been waited for (a wait
 * group or a channel does that). Out of memory, or more rows than TIMELINE_ROWS_MAX, ends the
 * program with a message: these functions never fail. Names and titles are copied. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include <stdint.h>
#include <stdio.h>

struct timeline;
struct timeline_row;

/* More rows than this no longer make a picture. */
#define TIMELINE_ROWS_MAX 64

/* Makes an empty timeline (title in printf format). Its time starts now. */
__attribute__((format(printf, 1, 2))) struct timeline *timeline_new(const char *title, ...);
void timeline_free(struct timeline *timeline);

/* Its time starts now, and not when it was made: for pictures of microseconds, in which adding the
 * rows would be the longest part. To be called before anything is recorded. */
void timeline_start(struct timeline *timeline);

/* Adds a row below the others (name in printf format). The row stays blank until its task's first
 * timeline_run, timeline_wait, timeline_block or timeline_ready. The timeline owns it. */
__attribute__((format(printf, 2, 3))) struct timeline_row *timeline_row(struct timeline *timeline,
                                                                        const char *name, ...);

/* From now on the row's task runs. */
void timeline_run(struct timeline_row *row);

/* From now on it waits for `what`: a literal, or text that outlives the timeline; NULL for none.
 * The wait is part of its work, as a download's is. */
void timeline_wait(struct timeline_row *row, const char *what);

/* From now on it waits for another task, which is time that a better structure might save. The
 * call comes just before a send, a receive, a lock; if those need not wait, the row shows
 * nothing of it. */
void timeline_block(struct timeline_row *row, const char *what);

/* From now on it is able to run and waits for a proc. Called by the parent, just before its rt_go,
 * or by the task itself, just before rt_yield. */
void timeline_ready(struct timeline_row *row);

/* From now on there is no such task. */
void timeline_end(struct timeline_row *row);

/* Still running. Called every few microseconds in long computations, it makes lost procs visible:
 * where more than TIMELINE_GAP_NS pass between two calls, the task did not have a proc (another
 * task had its turn), and the row shows `:` for that long. Costs about as much as rt_now(). */
void timeline_tick(struct timeline_row *row);

/* Longer than the computation between two ticks, shorter than a time slice (10 ms). */
#define TIMELINE_GAP_NS INT64_C(2000000)

/* Puts a letter or digit at this moment, for example the number of the item that was just sent. */
void timeline_mark(struct timeline_row *row, char letter);

/* The time from timeline_new to the last moment recorded in any row. */
int64_t timeline_span_ns(const struct timeline *timeline);

/* Draws it. `span_ns` is how much time the width stands for: 0 takes the timeline's own span;
 * giving another timeline's span puts both on one scale, so that shorter is shorter on the screen
 * too. The width is that of the terminal; COLUMNS in the environment overrides it; without either,
 * 80. */
void timeline_draw(const struct timeline *timeline, FILE *out, int64_t span_ns);

#endif
