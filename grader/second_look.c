/* second_look.c - decides and explains a shape in virtual time. */
#include "second_look.h"

#include <stdlib.h>

#include "investigate.h"

/* Runs in virtual time: the oracle, and the submission, at procs=1, and the submission at procs=N. */
struct look {
    struct simulation simulation;
    const struct submission *submission;
    const struct build *real;
    struct check_result *check;
    FILE *nowhere; /* trouble here is not told */
};

static bool time_of(const struct look *look, bool oracle, int procs, double *seconds)
{
    struct simulated_run run;
    struct run bad;
    bool ok = simulate_once(&look->simulation, oracle, procs, &run, &bad, look->nowhere);
    if (ok) {
        *seconds = (double)run.time_ps * 1e-12;
        simulated_release(&run);
        return *seconds > 0;
    }
    run_release(&bad);
    return false;
}

/* ---- Deciding -------------------------------------------------------------------------------- */

static void fail(const struct look *look, enum reason reason, const char *text)
{
    struct check_result *check = look->check;
    char *message =
        string_format("%s\nThis machine could not tell (%s), so the submission was run in "
                      "virtual time, which is the same on every machine.",
                      text, reason_text(check->reason));
    free(check->message);
    check->message = NULL;
    check_settle(check, STATUS_FAIL, reason, message);
}

static void fail_speedup(const struct look *look, double speedup, double pass)
{
    char *text = string_format("speedup %.2f on %d virtual procs, expected at least %.3g", speedup,
                               INVESTIGATE_PROCS, pass);
    fail(look, REASON_NOT_PARALLEL, text);
    free(text);
}

static void fail_overlap(const struct look *look, double overlap, double pass)
{
    bool waits = look->check->check->shape == SHAPE_OVERLAP;
    char *text = string_format(waits ? "overlap %.2f in virtual time, expected at least %.3g"
                                     : "%.2f of plain code's speed on one virtual proc, need %.3g",
                               overlap, pass);
    fail(look, waits ? REASON_NOT_OVERLAPPED : REASON_TOO_SLOW_SERIAL, text);
    free(text);
}

/* The lesson's limits are used as they are: what lies between fail and pass stays open. */
struct figures {
    double overlap, speedup;
    bool overlap_fails, speedup_fails;
};

static bool figures_of(const struct look *look, struct figures *figures)
{
    const struct check *check = look->check->check;
    double sequential, one, many;
    if (!time_of(look, true, 1, &sequential) || !time_of(look, false, 1, &one) ||
        !time_of(look, false, INVESTIGATE_PROCS, &many))
        return false;
    figures->overlap = sequential / one;
    figures->speedup = one / many;
    figures->overlap_fails =
        check->overlap.set &&
        figures->overlap <= threshold_at(check->overlap.fail, INVESTIGATE_PROCS);
    figures->speedup_fails =
        check->speedup.set &&
        figures->speedup <= threshold_at(check->speedup.fail, INVESTIGATE_PROCS);
    return true;
}

static void decide(const struct look *look)
{
    const struct check *check = look->check->check;
    struct figures figures;
    if (!figures_of(look, &figures))
        return;
    if (figures.overlap_fails)
        fail_overlap(look, figures.overlap, threshold_at(check->overlap.pass, INVESTIGATE_PROCS));
    else if (figures.speedup_fails)
        fail_speedup(look, figures.speedup, threshold_at(check->speedup.pass, INVESTIGATE_PROCS));
}

/* ---- Explaining ------------------------------------------------------------------------------ */

static void add_cause(struct check_result *check, const struct lesson *lesson,
                      const struct why_report *report)
{
    if (report->loss.cause == CAUSE_NONE)
        return;
    char *text = why_text(report);
    char *message = string_format("%s\n\n%s\n    make why LESSON=%.2s\nshows where the time went.",
                                  check->message ? check->message : "", text, lesson->id);
    free(text);
    free(check->message);
    check->message = message;
    check->cause = cause_code(report->loss.cause);
    check->cause_at = why_place(report);
}

static void explain(const struct look *look)
{
    struct why_report report;
    struct run bad;
    if (investigate(&look->simulation, look->real, INVESTIGATE_PROCS, look->submission, &report,
                    &bad, look->nowhere)) {
        add_cause(look->check, look->simulation.lesson, &report);
        why_report_release(&report);
    }
    run_release(&bad);
}

/* ---- Both ------------------------------------------------------------------------------------ */

static void decide_and_explain(const struct look *look, void *unused)
{
    (void)unused;
    if (look->check->status == STATUS_INCONCLUSIVE)
        decide(look);
    if (look->check->status == STATUS_FAIL)
        explain(look);
}

static void ask_whether_it_fails(const struct look *look, void *fails)
{
    struct figures figures;
    *(bool *)fails = figures_of(look, &figures) && (figures.overlap_fails || figures.speedup_fails);
}

/* Builds the submission for virtual time, and looks at it. */
static void look_by(void (*look_at)(const struct look *look, void *context), void *context,
                    const struct sandbox *sandbox, const struct lesson *lesson,
                    const struct submission *submission, const struct build *real,
                    struct check_result *check)
{
    struct build build;
    FILE *nowhere = fopen("/dev/null", "we");
    if (!nowhere)
        return;
    if (build_make(sandbox, lesson, submission, BUILD_SIMULATED, &build, nowhere) && build.ok) {
        struct look look = {
            .simulation = {.sandbox = sandbox,
                           .lesson = lesson,
                           .build = &build,
                           .input = &check->check->input,
                           .seed = 1},
            .submission = submission,
            .real = real,
            .check = check,
            .nowhere = nowhere,
        };
        look_at(&look, context);
    }
    build_release(&build);
    fclose(nowhere);
}

void second_look(const struct sandbox *sandbox, const struct lesson *lesson,
                 const struct submission *submission, const struct build *real,
                 struct check_result *check)
{
    look_by(decide_and_explain, NULL, sandbox, lesson, submission, real, check);
}

bool second_look_fails(const struct sandbox *sandbox, const struct lesson *lesson,
                       const struct submission *submission, struct check_result *check)
{
    bool fails = false;
    look_by(ask_whether_it_fails, &fails, sandbox, lesson, submission, NULL, check);
    return fails;
}
