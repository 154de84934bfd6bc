/* trace_buffer.h - the events of a trace while they are in memory: recorded by trace.c, written by
 * trace_file.c. */
#ifndef RT_TRACE_BUFFER_H
#define RT_TRACE_BUFFER_H

#include <stdint.h>
#include <stdio.h>

#include "rt.h"

/* 64 Ki events are 2.5 MiB; 64 of those a worker are over a minute of a busy program. Later events
 * are counted and dropped: a trace must not use up the memory of the program that it looks at. */
#define RT__CHUNK_EVENTS 65536
#define RT__CHUNKS_MAX 64

struct rt__trace_event {
    uint64_t ticks;
    uint64_t task;
    const char *name; /* what to call the task */
    rt_site site;     /* PARK: where it waits */
    uint8_t kind;     /* enum rt__event */
    uint8_t wait;     /* PARK: enum rt__wait */
    int16_t proc;     /* -1: none */
};

struct rt__trace_chunk {
    struct rt__trace_chunk *next;
    int count;
    struct rt__trace_event events[RT__CHUNK_EVENTS];
};

/* The events of one worker, in order of time. */
struct rt__trace_buffer {
    struct rt__trace_buffer *next; /* of all */
    struct rt__trace_chunk *first, *last;
    int chunks;
    uint64_t dropped;
};

/* A clock of the recorder's own; its zero, its rate and when it was read last. */
struct rt__trace_clock {
    uint64_t start, end;
    double us_per_tick;
    int64_t cpu_ns; /* CPU time of the process meanwhile */
};

/* Writes where the time of the run went, as a member of the file's object (trace_ledger.c):
 * microseconds of all procs in each state. Writes nothing if that can't be told, because events
 * were dropped, or the number of procs changed. */
void rt__trace_write_ledger(FILE *file, const struct rt__trace_buffer *buffers,
                            const struct rt__trace_clock *clock);

/* Writes the whole trace; false if that failed. */
bool rt__trace_write(FILE *file, const struct rt__trace_buffer *first,
                     const struct rt__trace_clock *clock);

#endif
