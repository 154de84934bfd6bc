/* show_classified.c - what a function is bound by, with the figures, and what would help it. */
#include <math.h>
#include <stdlib.h>

#include "classify.h"
#include "text.h"
#include "wrap.h"

/* Starting a task and waking somebody for it takes up to some microseconds: a task is to be worth
 * more. */
#define SHORT_CALL_SECONDS 10e-6
#define GOOD_TASK_SECONDS 100e-6

/* ---- Figures --------------------------------------------------------------------------------- */

/* Owned: "23.1 ms". */
static char *time_text(double seconds)
{
    static const char *const units[] = {"s", "ms", "us", "ns"};
    int unit = 0;
    while (unit < 3 && seconds < 1) {
        seconds *= 1000;
        unit++;
    }
    return string_format("%.*f %s", seconds < 10 ? 2 : seconds < 100 ? 1 : 0, seconds, units[unit]);
}

static void print_row(const char *what, int procs, double seconds, double gain, FILE *out)
{
    char *time = time_text(seconds);
    fprintf(out, "    %-30s %5d  %9s  %6.2f\n", what, procs, time, gain);
    free(time);
}

static void print_figures(const struct classify_figures *figures, FILE *out)
{
    char *call = time_text(figures->call_s);
    char *copies = figures->calls > 1
                       ? string_format("%d times %ld calls", figures->copies, figures->calls)
                       : string_format("%d calls", figures->copies);
    fprintf(out, "  alone, a call takes %s: %.0f%% computing, %.0f%% waiting\n\n", call,
            100 * (1 - figures->waiting), 100 * figures->waiting);
    fprintf(out, "  %-32s procs       time    gain\n", copies);
    print_row("one after the other", 1, figures->in_sequence, 1, out);
    print_row("a task each", 1, figures->one, figures->gain_one, out);
    if (figures->procs > 1)
        print_row("a task each", figures->procs, figures->many, figures->gain_many, out);
    if (figures->wrapped > 0)
        print_row("a task each, in rt_blocking", 1, figures->wrapped,
                  figures->in_sequence / figures->wrapped, out);
    free(copies);
    free(call);
}

/* ---- Advice ---------------------------------------------------------------------------------- */

/* The first words of an answer are its verdict. */
static char *concurrency_text(const struct classify_figures *figures, enum concurrency concurrency)
{
    switch (concurrency) {
    case CONCURRENCY_HELPS:
        return string_format(
            "Yes. The waits overlap: %d tasks on one proc are %.1f times as fast as "
            "%d calls in a row. Start a task for each thing to wait for.",
            figures->copies, figures->gain_one, figures->copies);
    case CONCURRENCY_NOTHING_TO_OVERLAP:
        return string_copy(
            "No. It computes nearly all of the time, so on one proc there is nothing "
            "that could overlap.");
    case CONCURRENCY_BLOCKED:
        break;
    }
    char *proof =
        figures->wrapped > 0
            ? string_format(" In there the same calls are %.1f times as fast as in a row.",
                            figures->in_sequence / figures->wrapped)
            : string_copy("");
    char *text = string_format(
        "Yes, but not as it is: it waits, and yet the waits do not overlap. It waits in calls that "
        "block the thread - read(), usleep(), a lock of pthreads, a child process - and with the "
        "thread its proc, which the runtime cannot know. rt_sleep(), channels, and rt_io_read() "
        "and "
        "its like for sockets and pipes park the task alone; for all else there is "
        "rt_blocking().%s",
        proof);
    free(proof);
    return text;
}

static char *unknown_text(const struct classify_figures *figures)
{
    if (figures->procs < 2)
        return string_copy(
            "It should, for it computes, and that is what more procs share. But only "
            "one CPU may be used here, so it was not measured.");
    if (figures->achievable >= figures->procs - 0.5)
        return string_copy(
            "It should, for it computes, and that is what more procs share. But it "
            "takes too long to measure enough copies to see that: give it less to do.");
    return string_format("It should, for it computes, and that is what more procs share. But this "
                         "machine is busy: %d CPUs did only %.1f times the work of one meanwhile. "
                         "Try again when it is quiet.",
                         figures->procs, figures->achievable);
}

static char *parallelism_text(const struct classify_figures *figures, struct classification is)
{
    switch (is.parallelism) {
    case PARALLELISM_HELPS:
        return string_format(
            "Yes. %d procs are %.2f times as fast as one. For what computes, about "
            "as many tasks as procs are enough: more only stand in line.",
            figures->procs, figures->speedup);
    case PARALLELISM_HELD_UP:
        return string_format("It should, but %d procs are only %.2f times as fast as one. Several "
                             "calls at a time hold each other up: by a lock, or by memory that all "
                             "of them write to. Give each its own, and put the results together at "
                             "the end.",
                             figures->procs, figures->speedup);
    case PARALLELISM_UNKNOWN:
        return unknown_text(figures);
    case PARALLELISM_NOTHING_TO_SHARE:
        break;
    }
    if (is.concurrency == CONCURRENCY_BLOCKED && figures->speedup >= CLASSIFY_FASTER)
        return string_format(
            "No. It hardly computes, and for waiting one proc is enough. (%d procs "
            "look faster because %d of the waits hold one each. A thousand waits "
            "would take a thousand procs.)",
            figures->procs, figures->procs);
    return string_copy("No. It hardly computes, and for waiting one proc is enough.");
}

/* Prints a paragraph, and frees it. */
static void print_paragraph(const char *heading, char *text, FILE *out)
{
    char *whole = string_format("%s%s", heading, text);
    fputc('\n', out);
    wrap_print(out, 2, whole);
    free(whole);
    free(text);
}

void classify_show(const char *file, const char *function, const struct classify_figures *figures,
                   FILE *out)
{
    static const char *const bounds[] = {[BOUND_IO] = "I/O-bound: it waits",
                                         [BOUND_CPU] = "CPU-bound: it computes",
                                         [BOUND_MIXED] = "mixed: it waits and computes"};
    struct classification is = classify(figures);
    fprintf(out, "\n%s() in %s is %s\n\n", function, file, bounds[is.bound]);
    print_figures(figures, out);
    print_paragraph("Would concurrency help? ", concurrency_text(figures, is.concurrency), out);
    print_paragraph("Would parallelism help? ", parallelism_text(figures, is), out);
    if (figures->call_s < SHORT_CALL_SECONDS)
        print_paragraph("",
                        string_format("A call is short: have a task make some %.0f of them, or "
                                      "starting tasks takes longer than the work (lesson 06).",
                                      pow(10, ceil(log10(GOOD_TASK_SECONDS / figures->call_s)))),
                        out);
    if (is.bound == BOUND_MIXED)
        print_paragraph("",
                        string_copy("Both kinds of work in one: two stages with a channel between "
                                    "them let you choose how many tasks wait and how many compute "
                                    "(lesson 19)."),
                        out);
    fputc('\n', out);
}
