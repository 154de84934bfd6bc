/* report.c - reports on standard error, and the end of the program. */
#include "report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scheduler.h"
#include "trace.h"

/* More than a reader takes in; the rest is counted. */
#define TASKS_LISTED 50

/* What follows the first NUL (rt.h); places that are no "file:line" come from the runtime
 * itself. */
const char *rt__site_object(rt_site site)
{
    const char *object = strchr(site, ':') != NULL ? site + strlen(site) + 1 : "";
    return *object == '&' ? object + 1 : object;
}

/* Two workers may find something at the same time: the first has the word, and ends the program.
 * One thread alone (one_thread/) may come by again, when an exploration begins the program anew. */
static void begin(void)
{
#if !defined(RT__ONE_THREAD)
    static _Atomic(bool) taken;
    while (atomic_exchange_explicit(&taken, true, memory_order_relaxed)) {
        pause();
    }
#endif
}

/* exit(), not _exit(): what the program printed so far must come out. */
static _Noreturn void end(int status)
{
    fflush(stderr);
    rt__trace_finish(); /* a trace is wanted most when something went wrong */
    exit(status);
}

static void print_self(void)
{
    const struct rt__task *self = rt__self();
    if (self != NULL) {
        fprintf(stderr, "  in task %" PRIu64 "%s%s, spawned at %s\n", self->id,
                self->name != NULL ? " " : "", self->name != NULL ? self->name : "",
                self->spawned_at);
    }
}

void rt__misuse(rt_site here, const char *format, ...)
{
    begin();
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "rt: misuse: %s: ", *here != '\0' ? here : "?");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    print_self();
    end(RT_EXIT_MISUSE);
}

RT__RACY static void print_task_name(const struct rt__task *task)
{
    fprintf(stderr, "  task %" PRIu64, task->id);
    if (task->name != NULL) {
        fprintf(stderr, " %s", task->name);
    } else {
        fprintf(stderr, " (%s)", rt__site_object(task->spawned_at));
    }
}

/* ": receive from `jobs`" and below it the place: a line fits a terminal. */
RT__RACY static void print_wait(const struct rt__task *task)
{
    fprintf(stderr, ": %s", rt__wait_text(task->wait));
    const char *object = rt__site_object(task->wait_site);
    if (*object != '\0') {
        fprintf(stderr, " `%s`", object);
    }
    fprintf(stderr, "\n      at %s\n", task->wait_site);
    if (task->wait == RT__WAIT_MUTEX) {
        const rt_mutex *mutex = task->wait_object;
        fprintf(stderr, "      held by task %" PRIu64 ", which locked it at %s\n", mutex->owner,
                mutex->held_at);
    }
}

RT__RACY void rt__print_task(const struct rt__task *task)
{
    print_task_name(task);
    if (task->state != RT__TASK_WAITING) {
        fprintf(stderr, ": %s\n", task->state == RT__TASK_RUNNING ? "running" : "runnable");
    } else {
        print_wait(task);
    }
    if (task->id != 1) {
        fprintf(stderr, "      spawned at %s\n", task->spawned_at);
    }
}

struct listing {
    int listed, left_out;
};

static void list_task(const struct rt__task *task, void *context)
{
    struct listing *listing = context;
    if (listing->listed == TASKS_LISTED) {
        listing->left_out++;
    } else {
        listing->listed++;
        rt__print_task(task);
    }
}

static void list_tasks(void)
{
    struct listing listing = {0};
    rt__task_each(list_task, &listing);
    if (listing.left_out > 0) {
        fprintf(stderr, "  ... and %d more\n", listing.left_out);
    }
}

/* Relaxed: the two are for a reader's eyes. They need not fit each other, and of several places any
 * will do. */
static _Atomic(int64_t) refused;
static _Atomic(rt_site) refused_at;

void rt__note_refused(rt_site here)
{
    atomic_fetch_add_explicit(&refused, 1, memory_order_relaxed);
    atomic_store_explicit(&refused_at, here, memory_order_relaxed);
}

static void print_refused(void)
{
    int64_t times = atomic_load_explicit(&refused, memory_order_relaxed);
    if (times > 0) {
        fprintf(stderr,
                "  rt_go returned RT_ENOMEM %" PRId64 " times: no memory for so many tasks\n"
                "      at %s\n",
                times, atomic_load_explicit(&refused_at, memory_order_relaxed));
    }
}

void rt__report_deadlock(void)
{
    begin();
    fprintf(stderr,
            "rt: deadlock: all tasks are asleep, and nothing is left that could wake one\n");
    print_refused();
    list_tasks();
    end(RT_EXIT_DEADLOCK);
}

void rt__report_leaks(void)
{
    begin();
    fprintf(stderr, "rt: leak: main has returned, and these tasks are blocked for ever\n");
    list_tasks();
    end(RT_EXIT_LEAK);
}

void rt__report_no_memory(const char *what)
{
    begin();
    fprintf(stderr, "rt: out of memory: no memory for %s\n", what);
    print_self();
    end(RT_EXIT_NOMEM);
}

void rt__report_bug(const char *condition, const char *file, int line)
{
    fprintf(stderr, "rt: bug in the runtime: %s:%d: %s does not hold\n", file, line, condition);
    abort();
}
