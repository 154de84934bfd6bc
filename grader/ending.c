/* ending.c - from the facts of a run to its reason.
 *
 * Several facts may hold at once: a program can answer and then crash, or crash because it ran out of
 * memory. The first rule that applies wins, and their order is the point of this file: what the grader
 * did itself comes first, since it explains all that followed; then the signal or exit status, the worse
 * news; and only a program that ended well is asked for its answer. */
#include "ending.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "exercise.h"
#include "rt.h"

__attribute__((format(printf, 3, 4)))
static void conclude(struct run *run, enum reason reason, const char *format, ...)
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
             "The program filled more than %d MiB of memory. Does it free what it no longer needs, and "
             "does it start only as many tasks as it has use for?",
             limits->memory_mb);
}

static void explain_timeout(const struct ending *ending, const struct limits *limits, struct run *run)
{
    if (ending->dialogue == DIALOGUE_STARTING)
        conclude(run, REASON_TIMEOUT, "The program had not even started after %d s.", limits->wall_s);
    else if (ending->dialogue == DIALOGUE_ANSWERING)
        conclude(run, REASON_TIMEOUT,
                 "There was no answer after %d s. Either a loop does not end, or something is waited "
                 "for that does not come.",
                 limits->wall_s);
    else
        conclude(run, REASON_TIMEOUT,
                 "The program answered, but it had not ended after %d s: something in it is still "
                 "running.",
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
        conclude(run, REASON_OUTPUT_LIMIT,
                 "The program printed more than %d KiB. Is there a printf in a loop that should be "
                 "taken out?",
                 limits->output_kb);
        break;
    case STOP_MEMORY:
        explain_memory(limits, run);
        break;
    case STOP_BROKEN:
        conclude(run, REASON_CRASH,
                 "What came in place of the answer makes no sense. Does the program write to "
                 "descriptors that it has not opened?");
        break;
    case STOP_NONE:
        break;
    }
}

/* It died of a signal that the grader did not send. */
static void explain_signal(const struct ending *ending, const struct limits *limits, struct run *run)
{
    bool out_of_time = ending->cpu_seconds >= limits->cpu_s;

    if (run->signal == SIGXCPU || (run->signal == SIGKILL && out_of_time))
        conclude(run, REASON_TIMEOUT,
                 "The program computed for more than %d s, all its threads together. Does a loop "
                 "never end?",
                 limits->cpu_s);
    else if (ending->peak_mb > limits->memory_mb)
        explain_memory(limits, run);
    else if (run->signal == SIGKILL)
        conclude(run, REASON_CRASH, "The program was killed from outside, with signal 9.");
    else if (run->signal == SIGSEGV || run->signal == SIGBUS)
        conclude(run, REASON_CRASH,
                 "The program died of signal %d (%s): it used an address where there is nothing, as a "
                 "null pointer, or an index beyond the end.",
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
        conclude(run, REASON_MISUSE, "The program called the runtime in a way that makes no sense.");
        break;
    case RT_EXIT_OVERFLOW:
        conclude(run, REASON_STACK_OVERFLOW,
                 "A task needed more stack than it has. Does a function call itself without end, or "
                 "have a large array among its variables?");
        break;
    case RT_EXIT_LEAK:
        conclude(run, REASON_LEAK,
                 "The main task ended while other tasks were blocked for ever: nobody will ever wake "
                 "them.");
        break;
    case RT_EXIT_NOMEM:
        conclude(run, REASON_MEMORY_LIMIT,
                 "There was no memory left for a task's stack. Does the program start tasks without "
                 "bound?");
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
            conclude(run, REASON_CRASH, "The program ended itself with status %d.", run->exit_status);
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
                 "The program ended without giving an answer. Does something in it call exit()?");
}
