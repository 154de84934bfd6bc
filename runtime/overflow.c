/* overflow.c - finds out that a task has used up its stack.
 *
 * The first access below the stack hits its guard page and raises SIGSEGV. The handler runs on a
 * signal stack of its own and calls only what is safe there (signal-safety(7)); snprintf of numbers
 * and strings into a buffer is, in glibc and musl, and the program ends in any case.
 *
 * A frame larger than a page could jump over the guard page. Code built with
 * -fstack-clash-protection, as ours and the students' is, touches each page on its way down. */
#include "overflow.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "worker.h"

/* Enough for the report, and for a debugger's or a profiler's own handlers. */
#define SIGNAL_STACK_BYTES ((size_t)32 << 10)

static struct sigaction before;

static bool on_guard_page(const struct rt__task *task, const char *address)
{
    if (task == NULL || task->stack == NULL) {
        return false;
    }
    const char *low = task->stack - rt__task_stack_bytes(task);
    return address >= low && address < low + RT__GUARD_BYTES;
}

static void report(const struct rt__task *task)
{
    char text[1024];
    bool named = task->name != NULL;
    int length = snprintf(
        text, sizeof text,
        "rt: stack overflow: task %" PRIu64 " %s%s%s needs more than its %zu KiB of stack\n"
        "  spawned at %s\n"
        "  Most often this is a recursion that never ends, or one that goes too deep. Large local\n"
        "  arrays also count: put them in static or allocated memory instead.\n",
        task->id, named ? "" : "(", named ? task->name : rt__site_object(task->spawned_at),
        named ? "" : ")", rt__task_stack_bytes(task) >> 10, task->spawned_at);
    ssize_t ignored = write(STDERR_FILENO, text, (size_t)length);
    (void)ignored;
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    (void)context;
    struct rt__worker *worker = rt__worker();
    struct rt__task *task = worker == NULL         ? NULL
                            : worker->task != NULL ? worker->task
                                                   : worker->blocking;
    if (on_guard_page(task, info->si_addr)) {
        report(task);
        _exit(RT_EXIT_OVERFLOW);
    }
    /* Not ours: the access is repeated when we return, and meets whoever was there before. */
    sigaction(signal, &before, NULL);
}

#if defined(RT__WATCHED)

/* The tool reports faults itself, with more detail. */
void rt__overflow_watch(void)
{
    (void)on_fault;
}
void rt__overflow_unwatch(void)
{
}
bool rt__overflow_thread_begin(void)
{
    return true;
}
void rt__overflow_thread_end(void)
{
}

#else

void rt__overflow_watch(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &before);
}

void rt__overflow_unwatch(void)
{
    sigaction(SIGSEGV, &before, NULL);
}

bool rt__overflow_thread_begin(void)
{
    stack_t stack = {.ss_sp = malloc(SIGNAL_STACK_BYTES), .ss_size = SIGNAL_STACK_BYTES};
    return stack.ss_sp != NULL && sigaltstack(&stack, NULL) == 0;
}

void rt__overflow_thread_end(void)
{
    stack_t none = {.ss_flags = SS_DISABLE}, stack;
    sigaltstack(&none, &stack);
    free(stack.ss_sp);
}

#endif
