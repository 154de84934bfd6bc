/* explain.c - words for builds, answers and runs that ended badly; shapes have explain_shape.c.
 *
 * A message says what happened, then what it means, then what to do next. It never guesses at
 * what the evidence does not show. */
#include "explain.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* More errors than that are mostly the consequences of the first ones. */
#define DIAGNOSTICS_MOST 6
/* Enough for a deadlock of a dozen tasks. */
#define REPORT_LINES_MOST 16

/* A message in the making. */
struct message {
    FILE *stream;
    char *text;
    size_t size;
};

static FILE *message_open(struct message *message)
{
    message->stream = open_memstream(&message->text, &message->size);
    if (!message->stream)
        memory_exhausted();
    return message->stream;
}

/* Returns the text without its last newline. */
static char *message_close(struct message *message)
{
    fclose(message->stream);
    if (message->size > 0 && message->text[message->size - 1] == '\n')
        message->text[message->size - 1] = '\0';
    return message->text;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Prints at most `most` lines of a text, each indented so that it is shown as it is. */
static void print_lines(FILE *out, const char *text, int most)
{
    int shown = 0;
    while (*text && shown < most) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "    %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
        shown++;
    }
    size_t left = 0;
    for (; *text; text += strcspn(text, "\n") + (strchr(text, '\n') != NULL))
        left++;
    if (left > 0)
        fprintf(out, "    ... and %zu more line%s\n", left, plural(left));
}

/* Said as a shell reads it, and make: a path may hold spaces, and what make takes for a
 * variable. */
static void print_submission(FILE *out, const char *submission)
{
    if (!submission)
        return;
    if (submission[strcspn(submission, " \t'\"$`\\&|;<>()*?[#~")] == '\0') {
        fprintf(out, " SUBMISSION=%s", submission);
        return;
    }
    fputs(" SUBMISSION='", out);
    for (const char *c = submission; *c; c++)
        fputs(*c == '\'' ? "'\\''" : *c == '$' ? "$$" : (char[]){*c, '\0'}, out);
    fputc('\'', out);
}

char *explain_command(const char *target, const struct lesson *lesson, const struct check *check,
                      const char *submission)
{
    struct message message;
    FILE *out = message_open(&message);
    fprintf(out, "make %s LESSON=%.2s", target, lesson->id);
    if (check != lesson_check(lesson, check->kind, NULL))
        fprintf(out, " CHECK=%s", check->id);
    print_submission(out, submission);
    return message_close(&message);
}

char *explain_replay(const struct lesson *lesson, const struct check *check, const char *submission,
                     int procs, uint64_t seed)
{
    struct message message;
    FILE *out = message_open(&message);
    fprintf(out, "make run LESSON=%.2s PROCS=%d", lesson->id, procs);
    print_submission(out, submission);
    fprintf(out, " INPUT=\"seed=%" PRIu64, seed);
    for (size_t i = 0; i < check->input.count; i++)
        fprintf(out, " %s=%" PRId64, check->input.items[i].name, check->input.items[i].value);
    fputs("\"", out);
    return message_close(&message);
}

static void print_diagnostic(FILE *out, const struct diagnostic *diagnostic)
{
    if (diagnostic->file && diagnostic->line > 0)
        fprintf(out, "%s:%d:%d: ", diagnostic->file, diagnostic->line, diagnostic->column);
    else if (diagnostic->file)
        fprintf(out, "%s: ", diagnostic->file);
    fprintf(out, "%s: %s\n", diagnostic->error ? "error" : "warning", diagnostic->message);
    if (diagnostic->source)
        print_lines(out, diagnostic->source, 2);
    if (diagnostic->advice)
        fprintf(out, "%s\n", diagnostic->advice);
}

char *explain_build(const struct build *build)
{
    size_t errors = 0;
    for (size_t i = 0; i < build->diagnostics_count; i++)
        errors += build->diagnostics[i].error;
    size_t warnings = build->diagnostics_count - errors;

    struct message message;
    FILE *out = message_open(&message);
    if (build->ok)
        fprintf(out, "%.1f s", build->seconds);
    else
        fprintf(out, "%zu error%s", errors, plural(errors));
    if (warnings > 0)
        fprintf(out, ", %zu warning%s", warnings, plural(warnings));
    fputs("\n", out);
    for (size_t i = 0; i < build->diagnostics_count && i < DIAGNOSTICS_MOST; i++)
        print_diagnostic(out, &build->diagnostics[i]);
    if (build->diagnostics_count > DIAGNOSTICS_MOST)
        fprintf(out, "... and %zu more\n", build->diagnostics_count - DIAGNOSTICS_MOST);
    if (errors > 1)
        fputs("Mend the first error first: the others often go away with it.\n", out);
    return message_close(&message);
}

char *explain_right_answers(int seeds, int procs)
{
    const char *inputs = plural((size_t)seeds);
    return procs > 1 ? string_format("%d fresh input%s, procs 1 and %d", seeds, inputs, procs)
                     : string_format("%d fresh input%s, procs 1", seeds, inputs);
}

/* "procs=2, seed 17 (procs=1 passed)" */
static void print_place(FILE *out, const struct explain_run_place *place)
{
    fprintf(out, "procs=%d, seed %" PRIu64 "%s\n", place->procs, place->seed,
            place->before_passed ? " (procs=1 passed)" : "");
}

static void print_replay(FILE *out, const struct explain_run_place *place)
{
    fprintf(out, "See it yourself:\n    %s\n", place->replay);
}

static const char *meaning_of(const struct difference *difference,
                              const struct explain_run_place *place)
{
    if (place->before_passed)
        return "It is right on one proc and wrong on several: two tasks use the same data at the "
               "same time, or the result depends on which task is faster.";
    if (!difference->actual)
        return "The answer is too short: are all results there before it ends?";
    if (!difference->expected)
        return "The answer is too long: is a result counted twice?";
    return "It is wrong on one proc too, so look at what is computed, in which order the results "
           "come together, and whether all tasks are waited for, before you look at timing.";
}

char *explain_difference(const struct difference *difference, const struct explain_run_place *place)
{
    struct message message;
    FILE *out = message_open(&message);
    print_place(out, place);
    int width = fprintf(out, "line %d   ", difference->line);
    fprintf(out, "expected  %s\n", difference->expected ? difference->expected : "(no such line)");
    fprintf(out, "%*sactual    %s\n", width, "",
            difference->actual ? difference->actual : "(no such line)");
    if (difference->matching == 0)
        fputs("First difference; no other line matches. ", out);
    else
        fprintf(out, "First difference; %d other line%s match%s. ", difference->matching,
                plural((size_t)difference->matching), difference->matching == 1 ? "es" : "");
    fprintf(out, "%s\n", meaning_of(difference, place));
    print_replay(out, place);
    return message_close(&message);
}

/* A crash looks alike in every kind of run. */
#define ADVICE_CRASH                                                                               \
    "Does a task use a variable of a function that has returned, or memory that was freed? Then "  \
    "nobody has waited for that task."

/* What the student can do about each way to end badly. */
static const char *advice_for(enum reason reason)
{
    switch (reason) {
    case REASON_DEADLOCK:
        return "Each task in the list waits for another one; those that are not in it have ended, "
               "or were never started. Take the first: who should have sent, received, closed, "
               "unlocked or called done, and why does it not get there?";
    case REASON_LEAK:
        return "The tasks in the list will never end: nobody sends to them, receives from them "
               "or closes their channel any more. Wait for each task that you start.";
    case REASON_MISUSE:
        return "The report names the line, and runtime/include/rt.h says what each function "
               "expects. "
               "If the line looks right, then what it uses may be gone: a variable of a function "
               "that has returned, or memory that was freed.";
    case REASON_TIMEOUT:
        return "Is there a loop that never ends, or a wait for something that never comes? Run it "
               "as below, and press Ctrl-\\ when it hangs: that lists all tasks, and what each "
               "waits for.";
    case REASON_STACK_OVERFLOW:
        return "Is there a recursion without an end, or a large array inside a function? Tasks "
               "have small stacks: large data belongs on the heap.";
    case REASON_MEMORY_LIMIT:
        return "Is memory taken in a loop and never given back? Are there more tasks than needed?";
    case REASON_THREAD_LIMIT:
        return "Tasks need no threads of their own: start tasks with rt_go. Is there a "
               "pthread_create, or an rt_blocking, in a loop?";
    case REASON_OUTPUT_LIMIT:
        return "Is there a printf in a loop? Printing is for your eyes only; answers do not need "
               "it.";
    case REASON_UNBOUNDED_TASKS:
        return "The exercise limits how many tasks may exist at once. Start a fixed number of "
               "workers and hand the work to them.";
    case REASON_CRASH:
        return ADVICE_CRASH " With `make debug` in place of `make run` below, gdb shows the line: "
                            "type run, and bt when it has stopped.";
    default:
        return NULL;
    }
}

char *explain_bad_end(const struct run *run, const struct explain_run_place *place)
{
    const char *advice = advice_for(run->reason);
    struct message message;
    FILE *out = message_open(&message);
    print_place(out, place);
    fprintf(out, "%s\n", run->message ? run->message : reason_text(run->reason));
    if (run->report)
        print_lines(out, run->report, REPORT_LINES_MOST);
    if (advice)
        fprintf(out, "%s\n", advice);
    print_replay(out, place);
    return message_close(&message);
}

/* The story of a schedule says what happened; this says what to do about it. */
static const char *advice_for_schedule(enum reason reason)
{
    switch (reason) {
    case REASON_RACE:
        return " What makes one of the two wait for the other? A channel, a wait group or a lock "
               "does; or give each task a variable of its own.";
    case REASON_SCHEDULE_DEPENDENT:
        return " What makes one task wait for the other? A channel, a wait group or a lock does; a "
               "sleep does not, and neither does being first most of the time. Where nothing has "
               "to wait: what may another task change between two steps that belong together?";
    case REASON_CRASH:
        return " " ADVICE_CRASH;
    default:
        return "";
    }
}

char *explain_schedule(enum reason reason, int64_t tried)
{
    return string_format("something is wrong in 1 of %" PRId64
                         " schedules\nIn that schedule: %s.%s",
                         tried, reason_text(reason), advice_for_schedule(reason));
}

char *explain_skipped(const char *needs)
{
    return string_format("not run: needs %s", needs);
}

char *explain_todo(const char *file, int line, const char *lesson_id)
{
    return string_format(
        "%s still says TODO on line %d: that is where your work begins.\n"
        "Read lessons/%s/lesson.md first; `make hint LESSON=%.2s` gives a first hint.",
        file, line, lesson_id, lesson_id);
}

char *explain_next(const struct result *result, bool own, const char *next)
{
    const char *id = result->lesson->id;
    if (result->verdict == STATUS_ERROR)
        return string_copy(
            "This is not your fault, and it is no grade. Grade again once it is mended.");
    if (!own)
        return string_copy("");
    if (result->verdict == STATUS_FAIL)
        return string_format("Next: edit %s\n"
                             "and make check LESSON=%.2s again.   Stuck? make hint LESSON=%.2s",
                             result->student_file, id, id);
    if (!next)
        return string_copy("All lessons are done: well done.");
    return string_format("Next: make check LESSON=%.2s", next);
}
