/* trace.c - buffers of events. See trace.h.
 *
 * With another scheduler (one_thread/) the same code records in its time: there a buffer belongs to
 * a simulated proc's worker, and the clock is virtual. */
#include "trace.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__x86_64__) && !defined(RT__ONE_THREAD)
#include <x86intrin.h>
#endif

#include "output.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "trace_buffer.h"
#include "worker.h"

bool rt__tracing;

static FILE *file;
static _Atomic(struct rt__trace_buffer *) buffers;
static int64_t start_ns;
static uint64_t start_ticks;
static int64_t start_cpu_ns;

static uint64_t ticks_now(void)
{
#if defined(__x86_64__) && !defined(RT__ONE_THREAD)
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

static struct rt__trace_chunk *chunk_add(struct rt__trace_buffer *buffer)
{
    struct rt__trace_chunk *chunk = buffer->chunks < RT__CHUNKS_MAX ? malloc(sizeof *chunk) : NULL;
    if (chunk != NULL) {
        chunk->next = NULL;
        chunk->count = 0;
        *(buffer->last != NULL ? &buffer->last->next : &buffer->first) = chunk;
        buffer->last = chunk;
        buffer->chunks++;
    }
    return chunk;
}

/* Of all threads. */
static int64_t cpu_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * RT_SECOND + now.tv_nsec;
}

/* In the handler of a stopped hog (not inside the runtime: rt__critical is 0) nothing may be
 * allocated. */
static bool may_allocate(void)
{
#ifdef RT__ONE_THREAD
    return true;
#else
    return rt__critical != 0;
#endif
}

/* Where the next event goes; NULL when it has to be dropped. */
static struct rt__trace_event *event_add(struct rt__worker *worker)
{
    struct rt__trace_buffer *buffer = may_allocate() ? buffer_of(worker) : worker->trace;
    if (buffer == NULL) {
        return NULL;
    }
    struct rt__trace_chunk *chunk = buffer->last;
    if (chunk == NULL || chunk->count == RT__CHUNK_EVENTS) {
        chunk = may_allocate() ? chunk_add(buffer) : NULL;
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
    struct rt__trace_event *event = worker != NULL ? event_add(worker) : NULL;
    if (event == NULL) {
        return;
    }
    *event =
        (struct rt__trace_event){.ticks = ticks_now(),
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
    file = rt__output_open(path, "w");
    if (file == NULL) {
        fprintf(stderr, "rt: RT_TRACE: cannot write %s: %s; the program runs without a trace\n",
                path, strerror(errno));
        return;
    }
    start_ns = rt_now();
    start_ticks = ticks_now();
    start_cpu_ns = cpu_now_ns();
    rt__tracing = true;
}

/* ---- The end --------------------------------------------------------------------------------- */

static void release(struct rt__trace_buffer *buffer)
{
    while (buffer->first != NULL) {
        struct rt__trace_chunk *chunk = buffer->first;
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
    struct rt__trace_clock clock = {
        .start = start_ticks, .end = ticks_now(), .cpu_ns = cpu_now_ns() - start_cpu_ns};
    uint64_t ticks = clock.end - clock.start;
    clock.us_per_tick = ticks > 0 ? (double)(rt_now() - start_ns) / 1000 / (double)ticks : 0;
    struct rt__trace_buffer *buffer = atomic_exchange(&buffers, NULL);
    bool written = rt__trace_write(file, buffer, &clock);
    if (fclose(file) != 0 || !written) {
        fprintf(stderr, "rt: RT_TRACE: the trace could not be written completely\n");
    }
    while (buffer != NULL) {
        struct rt__trace_buffer *next = buffer->next;
        release(buffer);
        buffer = next;
    }
}
