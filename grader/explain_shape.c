/* explain_shape.c - words for a shape: what the two axes showed, and where the time may have
 * gone.
 *
 * From outside a process only its times are to be seen, and the CPU time of its run at procs=N.
 * Their quotient says how many procs were busy on average, and that tells the two great causes
 * apart: procs that had nothing to do, and procs that worked in vain. */
#include "explain.h"

#include <stdlib.h>

/* Fewer busy procs than this share of N: the others had nothing to do. */
#define BUSY_SHARE_LEAST 0.75
/* More CPU time than this many times T_1 for the same work: procs hinder one another. */
#define CPU_EXCESS_MOST 1.3
/* A greater overlap than this: some of the waits do pass at the same time. */
#define OVERLAP_NONE_MOST 1.1
/* A machine that gives less than this share of N deserves a word. */
#define MACHINE_SHARE_FULL 0.95

#define FIGURE(result, name)                                                                       \
    verdict_figure((result)->check, &(result)->evidence, offsetof(struct round, name)).median

static double milliseconds(double seconds)
{
    return seconds * 1e3;
}

static char *machine_note(const struct check_result *result)
{
    int procs = result->evidence.procs;
    const struct shape_verdict *shape = &result->shape;
    if (!shape->speedup.required || shape->achievable == 0 ||
        shape->achievable >= MACHINE_SHARE_FULL * procs)
        return string_copy("");
    return string_format(
        "\n"
        "The %d CPUs gave a speedup of at most %.2f just now. Yours was %.2f; it is scaled to "
        "%d.",
        procs, shape->achievable, shape->speedup.median * shape->achievable / procs, procs);
}

static char *explain_speedup_pass(const struct check_result *result)
{
    const struct axis_verdict *speedup = &result->shape.speedup;
    char *note = machine_note(result);
    char *text = string_format("speedup %.2f of %d (need %.3g)%s", speedup->median,
                               result->evidence.procs, speedup->pass, note);
    free(note);
    return text;
}

/* A lesson whose work waits and computes asks for both. */
static char *explain_overlap_pass(const struct check_result *result)
{
    const struct axis_verdict *overlap = &result->shape.overlap, *speedup = &result->shape.speedup;
    if (speedup->required)
        return string_format("overlap %.2f (need %.3g), speedup %.2f (need %.3g)", overlap->median,
                             overlap->pass, speedup->median, speedup->pass);
    return string_format("overlap %.2f on one proc (need %.3g)", overlap->median, overlap->pass);
}

static char *where_time_went(const struct check_result *result)
{
    int procs = result->evidence.procs;
    double one = FIGURE(result, one), many = FIGURE(result, many), cpu = FIGURE(result, many_cpu);
    double busy = many > 0 ? cpu / many : 0;
    if (busy < BUSY_SHARE_LEAST * procs)
        return string_format(
            "%.1f of %d procs were busy on average: the rest had nothing to do. Is all the work "
            "in one task, or do the tasks take turns - behind a lock, or because each waits for "
            "the one before? Start all tasks first, let each compute on its own, and collect at "
            "the end.",
            busy, procs);
    if (one > 0 && cpu > CPU_EXCESS_MOST * one)
        return string_format(
            "%.1f of %d procs were busy on average, but the same work took %.1f times the CPU "
            "time it takes on one: they hinder one another. Do tasks spin while they wait, write "
            "to neighbouring memory all the time, or pass on work in pieces that are too small?",
            busy, procs, cpu / one);
    return string_format(
        "%.1f of %d procs were busy on average. Is the work divided evenly, and does the last "
        "task end when the others do?",
        busy, procs);
}

static char *explain_not_parallel(const struct check_result *result)
{
    const struct axis_verdict *speedup = &result->shape.speedup;
    char *note = machine_note(result), *time = where_time_went(result);
    char *text = string_format("speedup %.2f, expected at least %.3g\n"
                               "%s%s\n"
                               "Your answer is correct, and concurrent at best, but not parallel.",
                               speedup->median, speedup->pass, time, note);
    free(note);
    free(time);
    return text;
}

static char *explain_not_overlapped(const struct check_result *result)
{
    const struct axis_verdict *overlap = &result->shape.overlap;
    const char *advice =
        overlap->median > OVERLAP_NONE_MOST
            ? "So some waits pass at the same time, and others still come one after another, or "
              "last longer than they need. Is a task held up that could go on - by a lock, by "
              "others that are slower, because there are too few tasks? Does one wait for what "
              "nobody needs any more?"
            : "Waits overlap only if each is in a task of its own, and all of them are started "
              "before the first is waited for.";
    return string_format("overlap %.2f, expected at least %.3g\n"
                         "One wait after the other takes %.0f ms; yours took %.0f ms on one "
                         "proc. %s More procs do not help here: a task that waits needs none.",
                         overlap->median, overlap->pass, milliseconds(FIGURE(result, sequential)),
                         milliseconds(FIGURE(result, one)), advice);
}

static char *explain_too_slow(const struct check_result *result)
{
    const struct axis_verdict *overlap = &result->shape.overlap;
    return string_format("%.2f of plain code's speed on one proc, need %.3g\n"
                         "Plain sequential code takes %.0f ms; yours took %.0f ms on one proc. A "
                         "speedup over a slow start is none. Does it do work twice, wait without "
                         "need, or cut the work into pieces so small that handing them out costs "
                         "more than doing them?",
                         overlap->median, overlap->pass, milliseconds(FIGURE(result, sequential)),
                         milliseconds(FIGURE(result, one)));
}

static char *explain_few_cpus(const struct check_result *result)
{
    int procs = result->evidence.procs, cpus = result->evidence.cpus;
    if (cpus >= 2 && procs < 2)
        return string_copy("inconclusive: procs=1 has no speedup\n"
                           "No points lost. Grade with two procs or more to see the speedup.");
    return string_format(
        "inconclusive: %d CPU%s allowed, %d needed\n"
        "No points lost. The speedup cannot be seen on so few CPUs: grade on a machine with more.",
        cpus, cpus == 1 ? "" : "s", procs < 2 ? 2 : procs);
}

static char *explain_noise(const struct check_result *result)
{
    const struct shape_verdict *shape = &result->shape;
    char *machine = shape->achievable > 0 ? string_format(" The %d CPUs gave a speedup of %.2f.",
                                                          result->evidence.procs, shape->achievable)
                                          : string_copy("");
    char *text = string_format(
        "inconclusive: the machine was too busy\n"
        "No points lost. %d of %d rounds were disturbed, by other programs or by CPUs "
        "that share a core.%s Close what you do not need and grade again.",
        shape->dropped + shape->crowded, shape->dropped + shape->kept, machine);
    free(machine);
    return text;
}

/* The axis that kept the shape from being decided. */
static char *explain_borderline(const struct check_result *result)
{
    const struct shape_verdict *shape = &result->shape;
    bool speedup = shape->speedup.decision == DECISION_INCONCLUSIVE &&
                   shape->speedup.median < shape->speedup.pass;
    const struct axis_verdict *axis = speedup ? &shape->speedup : &shape->overlap;
    return string_format(
        "inconclusive: %s %.2f, too near the limit\n"
        "No points lost. %.3g or more passes, %.3g or less fails; %d rounds were not enough to "
        "tell. There is room for a better solution.",
        speedup ? "speedup" : "overlap", axis->median, axis->pass, axis->fail,
        shape->kept + shape->dropped);
}

char *explain_shape(const struct check_result *result)
{
    const struct shape_verdict *shape = &result->shape;
    bool speedup_first = result->check->shape == SHAPE_PARALLEL;
    switch (result->reason) {
    case REASON_NOT_PARALLEL:
        return explain_not_parallel(result);
    case REASON_NOT_OVERLAPPED:
        return explain_not_overlapped(result);
    case REASON_TOO_SLOW_SERIAL:
        return explain_too_slow(result);
    case REASON_ONE_CPU:
        return explain_few_cpus(result);
    case REASON_NOISY_MACHINE:
        return explain_noise(result);
    case REASON_BORDERLINE:
        return explain_borderline(result);
    default:
        if (shape->speedup.required && (speedup_first || !shape->overlap.required))
            return explain_speedup_pass(result);
        return explain_overlap_pass(result);
    }
}
