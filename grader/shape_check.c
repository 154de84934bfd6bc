/* shape_check.c - measures a shape, and asks virtual time: as a second witness, whatever the
 * machine says or leaves open, and for the cause. */
#include "shape_check.h"

#include <stdlib.h>

#include "explain.h"
#include "investigate.h"
#include "measure.h"

/* What virtual time says of the shape, by the lesson's limits: what lies between fail and pass
 * stays open. */
struct figures {
    double overlap, speedup;
    bool overlap_fails, speedup_fails;
};

/* The submission in virtual time. It is built, and its figures are taken, when they are first asked
 * for. */
struct look {
    struct simulation simulation;
    const struct submission *submission;
    const char *submission_given; /* as the user gave it, or NULL */
    const struct build *real;
    struct check_result *check;
    struct build build;
    struct figures figures;
    bool built, usable, measured,
        known;     /* built and measured: was tried; usable and known: went well */
    FILE *nowhere; /* trouble here is not told */
};

static bool look_build(struct look *look)
{
    if (!look->built) {
        look->built = true;
        look->nowhere = fopen("/dev/null", "we");
        look->usable = look->nowhere &&
                       build_make(look->simulation.sandbox, look->simulation.lesson,
                                  look->submission, BUILD_SIMULATED, &look->build, look->nowhere) &&
                       look->build.ok;
    }
    return look->usable;
}

static void look_release(struct look *look)
{
    if (look->nowhere) {
        build_release(&look->build);
        fclose(look->nowhere);
    }
}

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

static bool take_figures(const struct look *look, struct figures *figures)
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

/* NULL if virtual time can't tell. */
static const struct figures *look_figures(struct look *look)
{
    if (!look->measured) {
        look->measured = true;
        look->known = look_build(look) && take_figures(look, &look->figures);
    }
    return look->known ? &look->figures : NULL;
}

static bool fails_in_virtual_time(void *context)
{
    const struct figures *figures = look_figures(context);
    return figures && (figures->overlap_fails || figures->speedup_fails);
}

/* ---- Deciding -------------------------------------------------------------------------------- */

/* `text` says what virtual time has found, `here` what the machine has. */
static void fail(const struct look *look, enum reason reason, const char *text, const char *here)
{
    struct check_result *check = look->check;
    char *message = string_format("%s\n%s", text, here);
    free(check->message);
    check->message = NULL;
    check_settle(check, STATUS_FAIL, reason, message);
}

/* The machine left it open. */
static void decide_against(const struct look *look, enum reason reason, const char *text)
{
    char *here = string_format("This machine could not tell (%s), so the submission was run in "
                               "virtual time, which is the same on every machine.",
                               reason_text(look->check->reason));
    fail(look, reason, text, here);
    free(here);
}

static char *speedup_text(double speedup, int procs, double pass)
{
    return string_format("speedup %.2f on %d virtual procs, need %.3g", speedup, procs, pass);
}

static void fail_speedup(const struct look *look, double speedup, double pass)
{
    char *text = speedup_text(speedup, INVESTIGATE_PROCS, pass);
    decide_against(look, REASON_NOT_PARALLEL, text);
    free(text);
}

static void fail_overlap(const struct look *look, double overlap, double pass)
{
    bool waits = look->check->check->shape == SHAPE_OVERLAP;
    char *text = string_format(waits ? "overlap %.2f in virtual time, need %.3g"
                                     : "%.2f of plain code's speed on one virtual proc, need %.3g",
                               overlap, pass);
    decide_against(look, waits ? REASON_NOT_OVERLAPPED : REASON_TOO_SLOW_SERIAL, text);
    free(text);
}

static void decide(struct look *look)
{
    const struct check *check = look->check->check;
    const struct figures *figures = look_figures(look);
    if (figures && figures->overlap_fails)
        fail_overlap(look, figures->overlap, threshold_at(check->overlap.pass, INVESTIGATE_PROCS));
    else if (figures && figures->speedup_fails)
        fail_speedup(look, figures->speedup, threshold_at(check->speedup.pass, INVESTIGATE_PROCS));
}

/* Where two CPUs share a core, or a cache, a lock that everybody wants costs next to nothing, and
 * what gets slower with each proc elsewhere is fast. So the speedup on as many virtual procs as
 * were measured has the last word. Not the overlap: how much a piece of code computes is measured
 * better than it is counted. */
static void contradict(struct look *look, int procs)
{
    const struct bounds *speedup = &look->check->check->speedup;
    double one, many;
    if (!speedup->set || look->check->shape.few_cpus || !look_build(look) ||
        !time_of(look, false, 1, &one) || !time_of(look, false, procs, &many) ||
        one / many > threshold_at(speedup->fail, procs))
        return;
    char *text = speedup_text(one / many, procs, threshold_at(speedup->pass, procs));
    char *here = string_format(
        "Measured here it was %.2f: this machine's processors are so close to one another "
        "that sharing costs them little. Virtual time is the same on every machine, so "
        "that counts.",
        look->check->shape.speedup.median);
    fail(look, REASON_NOT_PARALLEL, text, here);
    look->check->evidence.fails_in_virtual_time = true;
    free(text);
    free(here);
}

/* ---- Explaining ------------------------------------------------------------------------------ */

static void add_cause(struct check_result *check, const struct why_report *report,
                      const char *command)
{
    if (report->loss.cause == CAUSE_NONE)
        return;
    char *text = why_text(report);
    char *message = string_format("%s\n\n%s\n    %s\nshows where the time went.",
                                  check->message ? check->message : "", text, command);
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
        char *command = explain_command("why", look->simulation.lesson, look->check->check,
                                        look->submission_given);
        add_cause(look->check, &report, command);
        free(command);
        why_report_release(&report);
    }
    run_release(&bad);
}

/* ---- The check ------------------------------------------------------------------------------- */

static struct look look_make(const struct trial *trial, const struct submission *submission,
                             struct check_result *check)
{
    return (struct look){
        .simulation = {.sandbox = trial->sandbox,
                       .lesson = trial->lesson,
                       .input = &check->check->input,
                       .seed = 1},
        .submission = submission,
        .submission_given = trial->submission,
        .real = trial->build,
        .check = check,
    };
}

/* *cause_wanted: the shape failed, and not an answer. */
static bool judge(struct look *look, const struct trial *trial, uint64_t seed, bool *cause_wanted,
                  FILE *progress, FILE *errors)
{
    struct check_result *check = look->check;
    look->simulation.build = &look->build;
    bool simulates = trial->lesson->costs != NULL;
    struct witness witness = {simulates ? fails_in_virtual_time : NULL, look};
    if (!measure_shape(trial, seed, check, &witness, progress, errors))
        return false;
    bool shape_decided = check->reason == measure_reason(check->check, &check->shape);
    if (simulates && shape_decided && check->status == STATUS_INCONCLUSIVE)
        decide(look);
    if (simulates && check->status == STATUS_PASS)
        contradict(look, trial->procs);
    *cause_wanted = simulates && shape_decided && check->status == STATUS_FAIL;
    return true;
}

bool shape_decide(const struct trial *trial, const struct submission *submission, uint64_t seed,
                  struct check_result *check, FILE *progress, FILE *errors)
{
    struct look look = look_make(trial, submission, check);
    bool cause_wanted, ok = judge(&look, trial, seed, &cause_wanted, progress, errors);
    look_release(&look);
    return ok;
}

bool shape_check(const struct trial *trial, const struct submission *submission, uint64_t seed,
                 struct check_result *check, FILE *progress, FILE *errors)
{
    struct look look = look_make(trial, submission, check);
    bool cause_wanted, ok = judge(&look, trial, seed, &cause_wanted, progress, errors);
    if (ok && cause_wanted && look_build(&look))
        explain(&look);
    look_release(&look);
    return ok;
}
