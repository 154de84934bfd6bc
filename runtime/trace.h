/* trace.h - a record of every scheduling event, for RT_TRACE=FILE.
 *
 * Each worker appends to a buffer of its own: no locks, 40 bytes and one read of the cycle counter
 * an event. When the run ends the buffers become a file in the Trace Event Format of Chrome, which
 * https://ui.perfetto.dev and chrome://tracing open: a row for each proc, a bar for each stretch
 * that a task ran, and what it went on to wait for (trace_file.c). FILE may be the number of an
 * open descriptor. Under the simulation the times are virtual. With tracing off, an event costs one
 * predicted branch. */
#ifndef RT_TRACE_H
#define RT_TRACE_H

#include <stdbool.h>
#include <stdint.h>

struct rt__task;
struct rt__worker;

enum rt__event {
    RT__EVENT_RUN,    /* the proc begins to run `task` */
    RT__EVENT_LOOP,   /* the proc runs nothing: its worker looks for work */
    RT__EVENT_IDLE,   /* there is none: the proc waits for some */
    RT__EVENT_PARK,   /* `task` begins to wait (task->wait, task->wait_site) */
    RT__EVENT_YIELD,  /* `task` gives way */
    RT__EVENT_END,    /* `task` has returned */
    RT__EVENT_SPAWN,  /* `task` is new */
    RT__EVENT_READY,  /* `task` can go on */
    RT__EVENT_STEAL,  /* `task` was taken from another proc */
    RT__EVENT_STOPPED /* `task` computed for over a slice and was stopped */
};

extern bool rt__tracing;

/* The slow half of rt__trace. */
void rt__trace_record(enum rt__event event, const struct rt__task *task);

/* Records an event on the calling worker; `task` may be NULL for RT__EVENT_LOOP. Callable from the
 * handler that stops hogs: it never allocates there (worker.h, hog stops stand outside of the
 * runtime). */
static inline void rt__trace(enum rt__event event, const struct rt__task *task)
{
    if (__builtin_expect(rt__tracing, false)) {
        rt__trace_record(event, task);
    }
}

/* Begins tracing if RT_TRACE says so: opens the file, so that a bad name is reported before the
 * run. */
void rt__trace_start(void);

/* Writes the file and ends tracing. No worker may record any more, or the program is about to
 * end. */
void rt__trace_finish(void);

#endif
