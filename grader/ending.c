/* ending.c - from the facts of a run to its reason.
 *
 * Several facts may hold at once: a program can answer and then crash, or crash because it ran out
 * of memory. The first rule that applies wins, and their order is the point of this file: what the
 * grader did itself comes first, since it explains all that followed; then the signal or exit
 * status, the worse news; and only a program that ended well is asked for its answer.
 *
 * The messages say what is known, and no more: explain.c adds what to do about it. */
#include "ending.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "exercise.h"
#include "rt.h"

static __attribute__((format(printf, 3, 4))) void conclude(struct run *run, enum reason reason,
                                                           const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    run->reason = reason;
    run->message = string_format_list(format, arguments);
    va_end(arguments);
}

static void explain_memory(const struct limits *limits, struct run *run)
{
    conclude(run, REASON_MEMORY_LIMIT,
             "The program filled more memory than the %d MiB that it may.", limits->memory_mb);
}

static void explain_timeout(const struct ending *ending, const struct limits *limits,
                            struct run *run)
{
    if (ending->dialogue == DIALOGUE_STARTING)
        conclude(run, REASON_TIMEOUT, "The program had not even started after %d s.",
                 limits->wall_s);
    else if (ending->dialogue == DIALOGUE_ANSWERING)
        conclude(run, REASON_TIMEOUT, "There was no answer after %d s.", limits->wall_s);
    else
        conclude(run, REASON_TIMEOUT, "The program answered, but it had not ended after %d s.",
                 limits->wall_s);
}

/* It was stopped by the grader. */
static void explain_stop(const struct ending *ending, const struct limits *limits, struct run *run)
{
    switch (ending->stop) {
    case STOP_TIME:
        explain_timeout(ending, limits, run);
        break;
    case STOP_OUTPUT:
        conclude(run, REASON_OUTPUT_LIMIT, "The program printed more than the %d KiB that it may.",
                 limits->output_kb);
        break;
    case STOP_THREADS:
        conclude(run, REASON_THREAD_LIMIT, "The program started thousands of threads.");
        break;
    case STOP_MEMORY:
        explain_memory(limits, run);
        break;
    case STOP_BROKEN:
        conclude(run, REASON_CRASH,
                 "What the program sent in place of an answer makes no sense: it writes to a "
                 "descriptor that is not its own.");
        break;
    case STOP_NONE:
        break;
    }
}

/* It died of a signal that the grader did not send. */
static void explain_signal(const struct ending *ending, const struct limits *limits,
                           struct run *run)
{
    bool out_of_time = ending->cpu_seconds >= limits->cpu_s;

    if (run->signal == SIGXCPU || (run->signal == SIGKILL && out_of_time))
        conclude(run, REASON_TIMEOUT,
                 "The program computed for more than %d s, on all its procs together.",
                 limits->cpu_s);
    else if (ending->peak_mb > limits->memory_mb)
        explain_memory(limits, run);
    else if (run->signal == SIGKILL)
        conclude(run, REASON_CRASH, "The program was killed from outside, with signal 9.");
    else if (run->signal == SIGSEGV || run->signal == SIGBUS)
        conclude(run, REASON_CRASH,
                 "The program died of signal %d (%s): it used a pointer or an index that leads "
                 "nowhere, or to what is no longer there.",
                 run->signal, strsignal(run->signal));
    else if (run->signal == SIGILL)
        conclude(run, REASON_CRASH,
                 "The program died of signal %d (%s): it came to a place that the compiler takes "
                 "to be impossible, such as an index outside of its array.",
                 run->signal, strsignal(run->signal));
    else
        conclude(run, REASON_CRASH, "The program died of signal %d (%s).", run->signal,
                 strsignal(run->signal));
}

/* It exited with a status other than 0. */
static void explain_status(const struct ending *ending, struct run *run)
{
    switch (run->exit_status) {
    case RT_EXIT_DEADLOCK:
        conclude(run, REASON_DEADLOCK,
                 "All tasks were asleep, and nothing was left that could wake one.");
        break;
    case RT_EXIT_MISUSE:
        conclude(run, REASON_MISUSE, "The program called the runtime in a way that it must not.");
        break;
    case RT_EXIT_OVERFLOW:
        conclude(run, REASON_STACK_OVERFLOW, "A task needed more stack than it has.");
        break;
    case RT_EXIT_LEAK:
        conclude(run, REASON_LEAK, "When the main task ended, other tasks were blocked for ever.");
        break;
    case RT_EXIT_NOMEM:
        conclude(run, REASON_MEMORY_LIMIT, "There was no memory left for a task's stack.");
        break;
    case EXERCISE_EXIT_TASKS:
        conclude(run, REASON_UNBOUNDED_TASKS,
                 "The program had more tasks at once than this exercise allows.");
        break;
    default:
        if (run->exit_status == EXERCISE_EXIT_LESSON && ending->trusted)
            conclude(run, REASON_INFRASTRUCTURE,
                     "The lesson and its harness do not agree on the input.");
        else
            conclude(run, REASON_CRASH, "The program ended itself with status %d.",
                     run->exit_status);
    }
}

void ending_explain(const struct ending *ending, const struct limits *limits, struct run *run)
{
    if (WIFSIGNALED(ending->wait_status))
        run->signal = WTERMSIG(ending->wait_status);
    else
        run->exit_status = WEXITSTATUS(ending->wait_status);

    if (ending->stop != STOP_NONE)
        explain_stop(ending, limits, run);
    else if (run->signal != 0)
        explain_signal(ending, limits, run);
    else if (run->exit_status != 0)
        explain_status(ending, run);
    else if (ending->peak_mb > limits->memory_mb)
        explain_memory(limits, run);
    else if (ending->dialogue != DIALOGUE_ANSWERED)
        conclude(run, REASON_CRASH,
                 "The program ended without giving an answer: something in it calls exit(), or the "
                 "like.");
}
