/* dump.c - the list of all tasks on SIGQUIT.
 *
 * The handler only notes the wish and wakes the monitor; the monitor prints. The other threads run
 * on meanwhile, so a task may change while it is being printed: what is shown of it may be out of
 * date, and the walk up its stack checks every address against the stack's bounds.
 *
 * Stacks are walked by frame pointers: the runtime and the exercises are built with them. Addresses
 * become names where the program exports them (-rdynamic). */
#include "dump.h"

#include <execinfo.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "monitor.h"
#include "report.h"
#include "sanitizer.h"
#include "task.h"

/* Deeper stacks are cut: whoever reads the dump looks for where the task waits. */
#define FRAMES_MAX 32

static _Atomic(bool) asked;
static bool watching;

static void on_quit(int signal)
{
    (void)signal;
    atomic_store_explicit(&asked, true, memory_order_relaxed);
    rt__monitor_rouse();
}

void rt__dump_watch(void)
{
    struct sigaction before;
    sigaction(SIGQUIT, NULL, &before);
    watching = before.sa_handler == SIG_DFL;
    if (watching) {
        struct sigaction action = {.sa_handler = on_quit, .sa_flags = SA_RESTART | SA_ONSTACK};
        sigemptyset(&action.sa_mask);
        sigaction(SIGQUIT, &action, NULL);
    }
}

void rt__dump_unwatch(void)
{
    if (watching) {
        signal(SIGQUIT, SIG_DFL);
    }
}

/* The return addresses above a parked task's saved stack pointer. Both context switches save the
 * frame pointer and the return address at a fixed distance from it. */
RT__RACY static int walk(const struct rt__task *task, void **addresses)
{
#if defined(__x86_64__)
    enum { FRAME_AT = 48, RETURN_AT = 56 };
#else
    enum { FRAME_AT = 80, RETURN_AT = 88 };
#endif
    const char *low = task->stack - rt__task_stack_bytes(task) + RT__GUARD_BYTES;
    const char *sp = task->sp;
    if (task->stack == NULL || sp < low || sp + RETURN_AT + sizeof(void *) > task->stack) {
        return 0;
    }
    int count = 0;
    addresses[count++] = *(void *const *)(sp + RETURN_AT);
    const char *frame = *(const char *const *)(sp + FRAME_AT);
    while (count < FRAMES_MAX && frame > sp && frame + 2 * sizeof(void *) <= task->stack &&
           (uintptr_t)frame % sizeof(void *) == 0) {
        void *const *words = (void *const *)(const void *)frame;
        addresses[count++] = words[1];
        sp = frame;
        frame = words[0];
    }
    return count;
}

RT__RACY static void print_stack(const struct rt__task *task)
{
    void *addresses[FRAMES_MAX];
    int count = task->state == RT__TASK_WAITING ? walk(task, addresses) : 0;
    fflush(stderr);
    backtrace_symbols_fd(addresses, count, STDERR_FILENO);
}

static void print_task(const struct rt__task *task, void *context)
{
    (void)context;
    rt__print_task(task);
    print_stack(task);
}

void rt__dump_if_asked(void)
{
    if (!atomic_exchange_explicit(&asked, false, memory_order_relaxed)) {
        return;
    }
    fprintf(stderr, "rt: SIGQUIT: all tasks\n");
    rt__task_each(print_task, NULL);
    fflush(NULL);
    rt__dump_unwatch();
    raise(SIGQUIT); /* and end as the signal would have */
}
