/* trace.h - what the tasks of a run did, moment by moment, read from the file that RT_TRACE leaves.
 *
 * The runtime tells what happened (runtime/trace_file.c): who ran from when to when on which proc,
 * what each went on to wait for, who was spawned or made ready. From that follows what each task
 * did in between, which is what the pictures of the course show. The file comes from code that a
 * student could have tampered with, so it is read strictly. */
#ifndef BARISTA_TRACE_H
#define BARISTA_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(NAME, "in words", "in JSON") */
#define ACTIVITIES(X)                                                                              \
    X(RUNS, "runs", "runs")                                                                        \
    X(READY, "could run, but has no proc", "ready")                                                \
    X(WAITS, "waits for a timer or I/O", "waits")                                                  \
    X(BLOCKED, "is blocked by other tasks", "blocked")

enum activity {
#define ACTIVITY_ENUM(name, words, code) TASK_##name,
    ACTIVITIES(ACTIVITY_ENUM)
#undef ACTIVITY_ENUM
        ACTIVITIES_COUNT
};

/* Where the time of all procs of a real run went (runtime/trace_ledger.c): X(name in the file, "in
 * words") */
#define TRACE_ACCOUNT(X)                                                                           \
    X(user, "computes")                                                                            \
    X(scheduler, "switches, spawns, wakes up")                                                     \
    X(search, "looks for work")                                                                    \
    X(os, "has no CPU, or is blocked in the system")                                               \
    X(idle_latency, "idle, though tasks are ready")                                                \
    X(idle_lock, "idle: tasks wait for locks or room")                                             \
    X(idle_wait, "idle: tasks sleep or wait for I/O")                                              \
    X(idle_little, "idle: too little to do at once")

enum account {
#define ACCOUNT_ENUM(name, words) ACCOUNT_##name,
    TRACE_ACCOUNT(ACCOUNT_ENUM)
#undef ACCOUNT_ENUM
        ACCOUNTS_COUNT
};

const char *account_words(enum account account);
const char *activity_words(enum activity activity);
const char *activity_code(enum activity activity);

/* What tasks wait for, somewhere. */
struct trace_wait {
    char *what;    /* owned; "receive from" */
    char *object;  /* owned; "jobs", or "" */
    char *at;      /* owned; "pool.c:31" */
    bool outside;  /* it is a timer, or I/O, that ends it */
    int64_t ns;    /* all such waits together, */
    int64_t count; /* and how many there were */
};

/* A time in which a task did one thing. */
struct trace_stretch {
    int64_t from_ns, to_ns;
    enum activity activity;
    int proc;    /* RUNS: on which */
    size_t wait; /* WAITS, BLOCKED: which of the trace's waits */
};

struct traced_task {
    int64_t id;
    char *name;                      /* owned; safe to print, one line */
    struct trace_stretch *stretches; /* owned; in order, without gaps */
    size_t count;
};

/* Times are from the start of the run. Task 1, the main task, comes first; the others follow as
 * they were started. */
struct trace {
    struct traced_task *tasks; /* owned */
    size_t tasks_count;
    struct trace_wait *waits; /* owned */
    size_t waits_count;
    int procs;
    int64_t end_ns;
    int64_t dropped;              /* events that the program had no room for */
    int64_t ns[ACTIVITIES_COUNT]; /* of all tasks together */
    bool accounted;               /* the time of the procs is known: */
    int64_t account_ns[ACCOUNTS_COUNT];
};

/* Reads a trace, whose text is taken apart. False if it is none; `trace` is empty then. */
bool trace_read(char *text, struct trace *trace);

void trace_release(struct trace *trace);

#endif
