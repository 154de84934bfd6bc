/* trace.c - buffers of events, and the file that they become. See trace.h. */
#include "trace.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "worker.h"

/* 64 Ki events are 2.5 MiB; 64 of those a worker are over a minute of a busy program. Later events are counted
 * and dropped: a trace must not use up the memory of the program that it looks at. */
#define CHUNK_EVENTS 65536
#define CHUNKS_MAX 64

struct event {
    uint64_t ticks;
    uint64_t task;
    const char *name; /* what to call the task */
    rt_site site;     /* PARK: where it waits */
    uint8_t kind;     /* enum rt__event */
    uint8_t wait;     /* PARK: enum rt__wait */
    int16_t proc;     /* -1: none */
};

struct chunk {
    struct chunk *next;
    int count;
    struct event events[CHUNK_EVENTS];
};

/* The events of one worker. */
struct rt__trace_buffer {
    struct rt__trace_buffer *next; /* of all */
    struct chunk *first, *last;
    int chunks;
    uint64_t dropped;
};

bool rt__tracing;

static FILE *file;
static _Atomic(struct rt__trace_buffer *) buffers;
static int64_t start_ns;
static uint64_t start_ticks;

static uint64_t ticks_now(void)
{
#if defined(__x86_64__)
    return __rdtsc();
#else
    return (uint64_t)rt_now();
#endif
}

/* ---- Recording ------------------------------------------------------------------------------- */

static struct rt__trace_buffer *buffer_of(struct rt__worker *worker)
{
    if (worker->trace == NULL && (worker->trace = calloc(1, sizeof *worker->trace)) != NULL) {
        worker->trace->next = atomic_load_explicit(&buffers, memory_order_relaxed);
        while (!atomic_compare_exchange_weak_explicit(&buffers, &worker->trace->next, worker->trace,
                                                      memory_order_release, memory_order_relaxed)) {
        }
    }
    return worker->trace;
}

static struct chunk *chunk_add(struct rt__trace_buffer *buffer)
{
    struct chunk *chunk = buffer->chunks < CHUNKS_MAX ? malloc(sizeof *chunk) : NULL;
    if (chunk != NULL) {
        chunk->next = NULL;
        chunk->count = 0;
        *(buffer->last != NULL ? &buffer->last->next : &buffer->first) = chunk;
        buffer->last = chunk;
        buffer->chunks++;
    }
    return chunk;
}

/* Where the next event goes; NULL when it has to be dropped. In the handler of a stopped hog (not inside the
 * runtime: rt__critical is 0) nothing may be allocated. */
static struct event *event_add(struct rt__worker *worker)
{
    bool may_allocate = rt__critical != 0;
    struct rt__trace_buffer *buffer = may_allocate ? buffer_of(worker) : worker->trace;
    if (buffer == NULL) {
        return NULL;
    }
    struct chunk *chunk = buffer->last;
    if (chunk == NULL || chunk->count == CHUNK_EVENTS) {
        chunk = may_allocate ? chunk_add(buffer) : NULL;
    }
    if (chunk == NULL) {
        buffer->dropped++;
        return NULL;
    }
    return &chunk->events[chunk->count++];
}

void rt__trace_record(enum rt__event kind, const struct rt__task *task)
{
    struct rt__worker *worker = rt__worker();
    struct event *event = worker != NULL ? event_add(worker) : NULL;
    if (event == NULL) {
        return;
    }
    *event = (struct event){.ticks = ticks_now(),
                            .kind = (uint8_t)kind,
                            .proc = (int16_t)(worker->proc != NULL ? worker->proc->id : -1)};
    if (task != NULL) {
        event->task = task->id;
        event->wait = task->wait;
        event->name = task->name != NULL ? task->name : rt__site_object(task->spawned_at);
        event->site = task->wait_site;
    }
}

void rt__trace_start(void)
{
    const char *path = getenv("RT_TRACE");
    if (path == NULL || *path == '\0') {
        return;
    }
    file = fopen(path, "we");
    if (file == NULL) {
        fprintf(stderr, "rt: RT_TRACE: cannot write %s: %s; the program runs without a trace\n",
                path, strerror(errno));
        return;
    }
    start_ns = rt_now();
    start_ticks = ticks_now();
    rt__tracing = true;
}

/* ---- Writing --------------------------------------------------------------------------------- */

struct writer {
    double us_per_tick;
    const char *separator;
};

static void begin_object(struct writer *writer)
{
    fputs(writer->separator, file);
    writer->separator = ",\n";
}

static void write_string(const char *text)
{
    putc('"', file);
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20) {
            fprintf(file, "\\u%04x", (unsigned)*text);
        } else {
            if (*text == '"' || *text == '\\') {
                putc('\\', file);
            }
            putc(*text, file);
        }
    }
    putc('"', file);
}

static double microseconds(const struct writer *writer, uint64_t ticks)
{
    return (double)(ticks - start_ticks) * writer->us_per_tick;
}

static void write_task_name(const struct event *event)
{
    char name[128];
    snprintf(name, sizeof name, "task %" PRIu64 " %s", event->task, event->name);
    write_string(name);
}

/* What the task did at the end of a stretch of running. */
static void write_ending(const struct event *end)
{
    fputs(",\"args\":{\"then\":", file);
    if (end->kind == RT__EVENT_PARK) {
        char text[256];
        const char *object = rt__site_object(end->site);
        snprintf(text, sizeof text, "%s%s%s%s at %s", rt__wait_text(end->wait),
                 *object != '\0' ? " `" : "", object, *object != '\0' ? "`" : "", end->site);
        write_string(text);
    } else {
        write_string(end->kind == RT__EVENT_YIELD     ? "yields"
                     : end->kind == RT__EVENT_END     ? "ends"
                     : end->kind == RT__EVENT_STOPPED ? "is stopped after a time slice"
                                                      : "goes on");
    }
    putc('}', file);
}

static void write_stretch(struct writer *writer, const struct event *run, const struct event *end)
{
    begin_object(writer);
    fputs("{\"ph\":\"X\",\"pid\":1,\"name\":", file);
    write_task_name(end->task == run->task ? end
                                           : run); /* it may have been given a name meanwhile */
    double from_us = microseconds(writer, run->ticks);
    fprintf(file, ",\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f", run->proc, from_us,
            microseconds(writer, end->ticks) - from_us);
    write_ending(end);
    putc('}', file);
}

static void write_instant(struct writer *writer, const struct event *event)
{
    begin_object(writer);
    fprintf(file, "{\"ph\":\"i\",\"s\":\"t\",\"pid\":1,\"tid\":%d,\"ts\":%.3f,\"name\":\"%s\"",
            event->proc, microseconds(writer, event->ticks),
            event->kind == RT__EVENT_SPAWN   ? "spawn"
            : event->kind == RT__EVENT_READY ? "ready"
                                             : "steal");
    fputs(",\"args\":{\"task\":", file);
    write_task_name(event);
    fputs("}}", file);
}

static bool ends_a_stretch(const struct event *event)
{
    return event->kind != RT__EVENT_SPAWN && event->kind != RT__EVENT_READY &&
           event->kind != RT__EVENT_STEAL;
}

/* A worker's events are in order of time: a stretch ends with the next event that isn't an instant. */
static void write_buffer(struct writer *writer, const struct rt__trace_buffer *buffer)
{
    const struct event *running = NULL;
    for (const struct chunk *chunk = buffer->first; chunk != NULL; chunk = chunk->next) {
        for (int i = 0; i < chunk->count; i++) {
            const struct event *event = &chunk->events[i];
            if (!ends_a_stretch(event)) {
                write_instant(writer, event);
                continue;
            }
            if (running != NULL) {
                write_stretch(writer, running, event);
            }
            running = event->kind == RT__EVENT_RUN ? event : NULL;
        }
    }
}

static void write_rows(struct writer *writer)
{
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int id = 0; id < made; id++) {
        begin_object(writer);
        fprintf(file,
                "{\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"name\":\"thread_name\","
                "\"args\":{\"name\":\"proc %d\"}}",
                id, id);
    }
}

static void release(struct rt__trace_buffer *buffer)
{
    while (buffer->first != NULL) {
        struct chunk *chunk = buffer->first;
        buffer->first = chunk->next;
        free(chunk);
    }
    free(buffer);
}

void rt__trace_finish(void)
{
    if (!rt__tracing) {
        return;
    }
    rt__tracing = false;
    uint64_t ticks = ticks_now() - start_ticks;
    struct writer writer = {
        .us_per_tick = ticks > 0 ? (double)(rt_now() - start_ns) / 1000 / (double)ticks : 0,
        .separator = ""};
    uint64_t dropped = 0;
    fputs("{\"traceEvents\":[\n", file);
    write_rows(&writer);
    struct rt__trace_buffer *buffer = atomic_exchange(&buffers, NULL);
    while (buffer != NULL) {
        struct rt__trace_buffer *next = buffer->next;
        write_buffer(&writer, buffer);
        dropped += buffer->dropped;
        release(buffer);
        buffer = next;
    }
    fprintf(file, "\n],\"displayTimeUnit\":\"ns\",\"droppedEvents\":%" PRIu64 "}\n", dropped);
    if (ferror(file) | fclose(file)) {
        fprintf(stderr, "rt: RT_TRACE: the trace could not be written completely\n");
    }
}
