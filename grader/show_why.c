/* show_why.c - shows where a speedup went, in words and as a ledger:
 *
 *   On 8 procs it is 1.07 times as fast as on one. Is it scheduling, synchronisation or
 *   decomposition? Synchronisation: tasks wait for one another's lock.
 *
 *       the lock `memo.lock`, solution.c:32
 *       while this runs: solution.c:26, in a call from solution.c:34
 *
 *   Without it, this would be 7.84 times as fast on 8 procs.
 *
 *   8 procs x 4.45 ms    35.6 ms
 *     computes           34.5 ms   96.9%
 *     ...
 */
#include "show_why.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "show_curve.h"
#include "wrap.h"

void why_report_release(struct why_report *report)
{
    strings_release(&report->lines);
    loss_release(&report->loss);
}

/* ---- In words -------------------------------------------------------------------------------- */

static char *place_text(const struct loss *loss)
{
    if (!loss->site)
        return string_copy("");
    if (strcmp(loss->site, "main") == 0)
        return string_copy("    in the main task\n");
    bool lock = loss->cause == CAUSE_LOCK && *loss->object;
    bool spawned =
        loss->cause == CAUSE_IMBALANCE || loss->cause == CAUSE_PATH || loss->cause == CAUSE_MEMORY;
    return string_format("    %s%s%s%s\n",
                         lock      ? "the lock `"
                         : spawned ? "tasks spawned at "
                                   : "at ",
                         lock ? loss->object : "", lock ? "`, " : "", path_base(loss->site));
}

static bool is_theirs(const struct submission *submission, const char *line)
{
    for (size_t i = 0; i < submission->files.count; i++) {
        const char *file = path_base(submission->files.items[i]);
        size_t length = strlen(file);
        if (strncmp(path_base(line), file, length) == 0 && path_base(line)[length] == ':')
            return true;
    }
    return false;
}

/* How many of the lines there are up to the student's first, which called the rest; 1 where none is
 * the student's. */
static size_t lines_to_tell(const struct why_report *report)
{
    const struct strings *lines = &report->lines;
    for (size_t i = 0; i < lines->count; i++)
        if (is_theirs(report->submission, lines->items[i]))
            return i + 1;
    return lines->count > 0;
}

/* What computes there: "solution.c:26, called from solution.c:34". */
static char *code_text(const struct why_report *report)
{
    const struct strings *lines = &report->lines;
    if (lines->count == 0)
        return string_copy("");
    char *text = string_format("    %s %s",
                               report->loss.cause == CAUSE_SPINNING ? "this code:"
                               : report->loss.site                  ? "where this computes:"
                                                                    : "at",
                               path_base(lines->items[0]));
    for (size_t i = 1; i < lines_to_tell(report); i++) {
        char *longer = string_format("%s, called from %s", text, path_base(lines->items[i]));
        free(text);
        text = longer;
    }
    char *whole = string_format("%s\n", text);
    free(text);
    return whole;
}

static char *without_text(const struct loss *loss)
{
    if (loss->without <= 0)
        return string_copy("");
    switch (loss->cause) {
    case CAUSE_LOCK:
        return string_format("\nWithout this lock it would be %.2f times as fast.\n",
                             loss->without);
    case CAUSE_GRAIN:
        return string_format(
            "\nIf the runtime's calls cost nothing, it would be %.2f times as fast.\n",
            loss->without);
    case CAUSE_IMBALANCE:
        return string_format("\nWith even parts it would be %.2f times as fast.\n", loss->without);
    case CAUSE_PATH:
        return string_format(
            "\nWith its tasks for %d procs it can be %.2f times as fast at most.\n", loss->procs,
            loss->without);
    default:
        return string_copy("");
    }
}

char *why_text(const struct why_report *report)
{
    const struct loss *loss = &report->loss;
    char *answer = string_copy(cause_answer(loss->cause));
    answer[0] = (char)toupper((unsigned char)answer[0]);
    char *place = place_text(loss), *code = code_text(report), *without = without_text(loss);
    char *awaited = loss->awaited
                        ? string_format("    while others wait at %s\n", path_base(loss->awaited))
                        : string_copy("");
    const char *advice = cause_advice(loss->cause);
    const char *words = loss->cause == CAUSE_NONE && !why_scales(loss)
                            ? "it does not scale, but no cause was found"
                            : cause_words(loss->cause);
    char *text = string_format("On %d procs it is %.2f times as fast as on one. "
                               "Is it scheduling, synchronisation or decomposition? %s: %s.\n"
                               "%s%s%s%s%s%s%s%s",
                               loss->procs, loss->speedup, answer, words,
                               *place || *code || *awaited ? "\n" : "", place, code, awaited,
                               without, *advice ? "\n" : "", advice, *advice ? "\n" : "");
    free(answer);
    free(place);
    free(code);
    free(awaited);
    free(without);
    return text;
}

char *why_place(const struct why_report *report)
{
    const struct loss *loss = &report->loss;
    if (loss->site && strchr(loss->site, ':'))
        return string_copy(path_base(loss->site));
    size_t lines = lines_to_tell(report);
    return lines > 0 ? string_copy(path_base(report->lines.items[lines - 1])) : NULL;
}

/* ---- The ledger ------------------------------------------------------------------------------ */

static void print_ledger(FILE *out, const struct simulated_run *run)
{
    double total = (double)run->time_ps * run->procs;
    fprintf(out, "  %d proc%s for ", run->procs, run->procs == 1 ? "" : "s");
    show_time(out, run->time_ps);
    fputc('\n', out);
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        if (run->spent_ps[state] == 0)
            continue;
        fputs("    ", out);
        show_time(out, run->spent_ps[state]);
        fprintf(out, " %6.1f%%  %s\n", total > 0 ? 100 * (double)run->spent_ps[state] / total : 0,
                show_state((enum rt__state)state));
    }
    fputc('\n', out);
}

void show_why(const struct simulation *simulation, const struct why_report *report, FILE *out)
{
    show_subject(simulation, report->submission, out);
    char *text = why_text(report);
    wrap_print(out, 2, text);
    free(text);
    fputs("\n  Where the time went, on one proc and on many\n\n", out);
    print_ledger(out, &report->loss.one);
    print_ledger(out, &report->loss.many);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *json_ledger(const struct simulated_run *run)
{
    return json_pack("{s:i, s:I, s:I, s:o}", "procs", run->procs, "time_ps",
                     (json_int_t)run->time_ps, "span_ps", (json_int_t)run->span_ps, "spent_ps",
                     json_spent(run));
}

json_t *json_why(const struct simulation *simulation, const struct why_report *report)
{
    const struct loss *loss = &report->loss;
    json_t *lines = json_array();
    for (size_t i = 0; i < report->lines.count; i++)
        json_array_append_new(lines, json_string(path_base(report->lines.items[i])));
    return json_pack(
        "{s:i, s:s, s:{s:s}, s:I, s:s, s:s, s:i, s:f, s:o?, s:s, s:s?, s:s?, s:o, s:[o, o]}",
        "schema", 1, "lesson", simulation->lesson->id, "submission", "sha256",
        report->submission->sha256, "seed", (json_int_t)simulation->seed, "cause",
        cause_code(loss->cause), "answer", cause_answer(loss->cause), "procs", loss->procs,
        "speedup", loss->speedup, "without", loss->without > 0 ? json_real(loss->without) : NULL,
        "object", loss->object, "site", loss->site ? path_base(loss->site) : NULL, "awaited",
        loss->awaited ? path_base(loss->awaited) : NULL, "code", lines, "runs",
        json_ledger(&loss->one), json_ledger(&loss->many));
}
