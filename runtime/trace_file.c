/* trace_file.c - a trace in the Trace Event Format of Chrome, one event on a line.
 *
 * A row ("thread") for each proc; a bar ("X") for each stretch that a task ran there, whose
 * arguments say what the task did then; an instant ("i") where a task was spawned, became ready or
 * was stolen. So whoever reads it can tell for each task when it ran, when it waited and for what,
 * and when it could have run:
 *
 *     {"ph":"X",...,"tid":0,"ts":12.5,"dur":3.0,"name":"task 5 fetch",
 *      "args":{"id":5,"then":"receive from `jobs` at pool.c:31",
 *              "wait":"receive from","object":"jobs","at":"pool.c:31","outside":false}}
 *     {"ph":"i",...,"tid":1,"ts":20.1,"name":"ready","args":{"id":5,"task":"task 5 fetch"}} */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "report.h"
#include "sched.h"
#include "task.h"
#include "trace.h"
#include "trace_buffer.h"

struct writer {
    FILE *file;
    const struct rt__trace_clock *clock;
    const char *separator;
};

/* ---- Pieces ---------------------------------------------------------------------------------- */

static void begin_object(struct writer *writer)
{
    fputs(writer->separator, writer->file);
    writer->separator = ",\n";
}

static void write_string(FILE *file, const char *text)
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
    return (double)(ticks - writer->clock->start) * writer->clock->us_per_tick;
}

static void write_task_name(FILE *file, const struct rt__trace_event *event)
{
    char name[128];
    snprintf(name, sizeof name, "task %" PRIu64 " %s", event->task, event->name);
    write_string(file, name);
}

/* ---- Events ---------------------------------------------------------------------------------- */

static void write_wait(FILE *file, const struct rt__trace_event *park)
{
    char text[256];
    const char *object = rt__site_object(park->site), *wait = rt__wait_text(park->wait);
    snprintf(text, sizeof text, "%s%s%s%s at %s", wait, *object != '\0' ? " `" : "", object,
             *object != '\0' ? "`" : "", park->site);
    write_string(file, text);
    fputs(",\"wait\":", file);
    write_string(file, wait);
    fputs(",\"object\":", file);
    write_string(file, object);
    fputs(",\"at\":", file);
    write_string(file, park->site);
    fprintf(file, ",\"outside\":%s", rt__wait_is_sleep(park->wait) ? "true" : "false");
}

/* What the task did at the end of a stretch of running. */
static void write_ending(FILE *file, const struct rt__trace_event *end)
{
    fprintf(file, ",\"args\":{\"id\":%" PRIu64 ",\"then\":", end->task);
    if (end->kind == RT__EVENT_PARK) {
        write_wait(file, end);
    } else {
        write_string(file, end->kind == RT__EVENT_YIELD     ? "yields"
                           : end->kind == RT__EVENT_END     ? "ends"
                           : end->kind == RT__EVENT_STOPPED ? "is stopped after a time slice"
                                                            : "goes on");
    }
    putc('}', file);
}

static void write_stretch(struct writer *writer, const struct rt__trace_event *run,
                          const struct rt__trace_event *end)
{
    begin_object(writer);
    fputs("{\"ph\":\"X\",\"pid\":1,\"name\":", writer->file);
    /* The end knows a name that the task has been given meanwhile. */
    const struct rt__trace_event *named = end->task == run->task ? end : run;
    write_task_name(writer->file, named);
    double from_us = microseconds(writer, run->ticks);
    fprintf(writer->file, ",\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f", run->proc, from_us,
            microseconds(writer, end->ticks) - from_us);
    struct rt__trace_event ending = *end;
    ending.task = run->task;
    write_ending(writer->file, &ending);
    putc('}', writer->file);
}

static void write_instant(struct writer *writer, const struct rt__trace_event *event)
{
    begin_object(writer);
    fprintf(writer->file,
            "{\"ph\":\"i\",\"s\":\"t\",\"pid\":1,\"tid\":%d,\"ts\":%.3f,\"name\":\"%s\"",
            event->proc, microseconds(writer, event->ticks),
            event->kind == RT__EVENT_SPAWN   ? "spawn"
            : event->kind == RT__EVENT_READY ? "ready"
                                             : "steal");
    fprintf(writer->file, ",\"args\":{\"id\":%" PRIu64 ",\"task\":", event->task);
    write_task_name(writer->file, event);
    fputs("}}", writer->file);
}

static bool ends_a_stretch(const struct rt__trace_event *event)
{
    return event->kind != RT__EVENT_SPAWN && event->kind != RT__EVENT_READY &&
           event->kind != RT__EVENT_STEAL;
}

/* A worker's events are in order of time: a stretch ends with the next event that isn't an instant,
 * or with the run. */
static void write_buffer(struct writer *writer, const struct rt__trace_buffer *buffer)
{
    const struct rt__trace_event *running = NULL;
    for (const struct rt__trace_chunk *chunk = buffer->first; chunk != NULL; chunk = chunk->next) {
        for (int i = 0; i < chunk->count; i++) {
            const struct rt__trace_event *event = &chunk->events[i];
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
    if (running != NULL && running->ticks <= writer->clock->end) {
        struct rt__trace_event end = *running;
        end.ticks = writer->clock->end;
        write_stretch(writer, running, &end);
    }
}

static void write_rows(struct writer *writer)
{
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int id = 0; id < made; id++) {
        begin_object(writer);
        fprintf(writer->file,
                "{\"ph\":\"M\",\"pid\":1,\"tid\":%d,\"name\":\"thread_name\","
                "\"args\":{\"name\":\"proc %d\"}}",
                id, id);
    }
}

bool rt__trace_write(FILE *file, const struct rt__trace_buffer *first,
                     const struct rt__trace_clock *clock)
{
    struct writer writer = {.file = file, .clock = clock, .separator = ""};
    uint64_t dropped = 0;
    fputs("{\"traceEvents\":[\n", file);
    write_rows(&writer);
    for (const struct rt__trace_buffer *buffer = first; buffer != NULL; buffer = buffer->next) {
        write_buffer(&writer, buffer);
        dropped += buffer->dropped;
    }
    fputs("\n],", file);
#ifndef RT__ONE_THREAD /* virtual time has a ledger of its own */
    rt__trace_write_ledger(file, first, clock);
#endif
    fprintf(file, "\"displayTimeUnit\":\"ns\",\"endUs\":%.3f,\"droppedEvents\":%" PRIu64 "}\n",
            microseconds(&writer, clock->end), dropped);
    return !ferror(file);
}
