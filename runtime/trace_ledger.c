/* trace_ledger.c - where the time of a traced run went, from its events.
 *
 * Each proc is at every instant in one state, which its events tell: RUN, then a switch (from PARK,
 * YIELD, END or STOPPED to the next RUN), a search (LOOP), idle (IDLE). So  P x T = user +
 * scheduler + search + os + idle  holds by construction. `os` is what the procs had but the CPUs
 * did not give: the time of all states but idle, less the CPU time of the process. It is taken from
 * the time that tasks ran, for that is when threads are preempted, or block.
 *
 * Idle time is split as the simulation splits it (sim/ledger.h): by the first that holds of "a task
 * is ready", "a task waits for a lock, a permit, or room in a channel", "a task sleeps or waits for
 * I/O", and "none of these". */
#include <inttypes.h>
#include <stdlib.h>

#include "procs.h"
#include "sched.h"
#include "task.h"
#include "trace.h"
#include "trace_buffer.h"

enum state {
    USER,
    SCHEDULER,
    SEARCH,
    OS,
    IDLE_LATENCY,
    IDLE_LOCK,
    IDLE_WAIT,
    IDLE_LITTLE,
    STATES,
    IDLE /* of a proc: one of the four */
};

static const char *const names[STATES] = {"user",         "scheduler", "search",    "os",
                                          "idle_latency", "idle_lock", "idle_wait", "idle_little"};

struct ledger {
    int procs;
    enum state now[RT_MAX_PROCS];
    uint64_t ticks; /* accounted for up to here */
    uint64_t spent[STATES];
    int64_t ready, lock, sleep; /* tasks that are ready; that wait for a lock; that sleep */
};

static enum state idle_state(const struct ledger *ledger)
{
    return ledger->ready > 0   ? IDLE_LATENCY
           : ledger->lock > 0  ? IDLE_LOCK
           : ledger->sleep > 0 ? IDLE_WAIT
                               : IDLE_LITTLE;
}

static void advance(struct ledger *ledger, uint64_t ticks)
{
    if (ticks <= ledger->ticks) {
        return; /* the clocks of two CPUs may differ by a little */
    }
    enum state idle = idle_state(ledger);
    for (int id = 0; id < ledger->procs; id++) {
        ledger->spent[ledger->now[id] == IDLE ? idle : ledger->now[id]] += ticks - ledger->ticks;
    }
    ledger->ticks = ticks;
}

static void count_wait(struct ledger *ledger, enum rt__wait wait, int change)
{
    if (rt__wait_is_for_lock(wait) || wait == RT__WAIT_CHAN_SEND) {
        ledger->lock += change;
    } else if (rt__wait_is_sleep(wait)) {
        ledger->sleep += change;
    }
}

/* What an event says about its proc; IDLE + 1: nothing. */
static enum state state_after(const struct rt__trace_event *event)
{
    switch (event->kind) {
    case RT__EVENT_RUN:
        return USER;
    case RT__EVENT_LOOP:
        return SEARCH;
    case RT__EVENT_IDLE:
        return IDLE;
    case RT__EVENT_PARK:
    case RT__EVENT_YIELD:
    case RT__EVENT_END:
    case RT__EVENT_STOPPED:
        return SCHEDULER;
    default:
        return IDLE + 1;
    }
}

static void account(struct ledger *ledger, const struct rt__trace_event *event)
{
    advance(ledger, event->ticks);
    enum state state = state_after(event);
    if (event->proc >= 0 && event->proc < ledger->procs && state <= IDLE) {
        ledger->now[event->proc] = state;
    }
    ledger->ready += event->kind == RT__EVENT_SPAWN || event->kind == RT__EVENT_READY ||
                     event->kind == RT__EVENT_STOPPED;
    ledger->ready -= event->kind == RT__EVENT_RUN && ledger->ready > 0;
    if (event->kind == RT__EVENT_PARK) {
        count_wait(ledger, event->wait, 1);
    } else if (event->kind == RT__EVENT_READY) {
        count_wait(ledger, event->wait, -1);
    }
}

/* ---- All workers' events in order of time ---------------------------------------------------- */

struct reader {
    const struct rt__trace_chunk *chunk;
    int next;
};

static const struct rt__trace_event *peek(struct reader *reader)
{
    while (reader->chunk != NULL && reader->next == reader->chunk->count) {
        reader->chunk = reader->chunk->next;
        reader->next = 0;
    }
    return reader->chunk != NULL ? &reader->chunk->events[reader->next] : NULL;
}

static const struct rt__trace_event *take_earliest(struct reader *readers, int count)
{
    struct reader *first = NULL;
    for (int i = 0; i < count; i++) {
        const struct rt__trace_event *event = peek(&readers[i]);
        if (event != NULL && (first == NULL || event->ticks < peek(first)->ticks)) {
            first = &readers[i];
        }
    }
    return first != NULL ? &first->chunk->events[first->next++] : NULL;
}

static void account_all(struct ledger *ledger, const struct rt__trace_buffer *buffers,
                        struct reader *readers)
{
    const struct rt__trace_event *event;
    int count = 0;
    for (const struct rt__trace_buffer *buffer = buffers; buffer != NULL; buffer = buffer->next) {
        readers[count++] = (struct reader){.chunk = buffer->first};
    }
    while ((event = take_earliest(readers, count)) != NULL) {
        account(ledger, event);
    }
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* What the CPUs did not give is taken from where threads lose it: from tasks, then from
 * searches. */
static void take_os_time(struct ledger *ledger, uint64_t cpu_ticks)
{
    static const enum state losers[] = {USER, SEARCH, SCHEDULER};
    uint64_t busy = ledger->spent[USER] + ledger->spent[SCHEDULER] + ledger->spent[SEARCH];
    uint64_t missing = busy > cpu_ticks ? busy - cpu_ticks : 0;
    for (int i = 0; i < 3; i++) {
        uint64_t part = missing < ledger->spent[losers[i]] ? missing : ledger->spent[losers[i]];
        ledger->spent[losers[i]] -= part;
        ledger->spent[OS] += part;
        missing -= part;
    }
}

void rt__trace_write_ledger(FILE *file, const struct rt__trace_buffer *buffers,
                            const struct rt__trace_clock *clock)
{
    int count = 0;
    uint64_t dropped = 0;
    for (const struct rt__trace_buffer *buffer = buffers; buffer != NULL; buffer = buffer->next) {
        dropped += buffer->dropped;
        count++;
    }
    struct reader *readers = calloc((size_t)count + 1, sizeof *readers);
    struct ledger ledger = {.procs = rt__procs_active(), .ticks = clock->start};
    bool changed = ledger.procs < atomic_load_explicit(&rt__sched.procs_made, memory_order_relaxed);
    if (readers == NULL || dropped > 0 || changed) {
        free(readers);
        return;
    }
    for (int id = 0; id < ledger.procs; id++) {
        ledger.now[id] = IDLE;
    }
    account_all(&ledger, buffers, readers);
    advance(&ledger, clock->end);
    take_os_time(&ledger, (uint64_t)((double)clock->cpu_ns / 1000 / clock->us_per_tick));
    fprintf(file, "\"ledger\":{\"procs\":%d,\"time_us\":%.3f", ledger.procs,
            (double)(clock->end - clock->start) * clock->us_per_tick);
    for (int state = 0; state < STATES; state++) {
        fprintf(file, ",\"%s_us\":%.3f", names[state],
                (double)ledger.spent[state] * clock->us_per_tick);
    }
    fputs("},", file);
    free(readers);
}
