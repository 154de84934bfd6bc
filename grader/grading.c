/* grading.c - takes a submission through the checks of its lesson, in their order.
 *
 * Each check says itself how it ended. What is decided here is which checks run: one whose needs
 * did not pass is skipped and says so, and once the infrastructure has failed, what builds on it
 * is an error too, never the student's loss. */
#include "grading.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "clock.h"
#include "explain.h"
#include "explore.h"
#include "machine.h"
#include "measure.h"
#include "seed.h"
#include "shape_check.h"

/* A grading under way. */
struct grading {
    const struct lesson *lesson;
    const struct sandbox *sandbox;
    const struct grading_options *options;
    struct submission submission;
    struct build build;
    struct cpus cpus;
    struct result *result;
};

static bool run_build(struct grading *grading, struct check_result *check, FILE *errors)
{
    struct build *build = &grading->build;
    if (!build_make(grading->sandbox, grading->lesson, &grading->submission, BUILD_REAL, build,
                    errors))
        return false;
    if (build->diagnostics_count > 0 && build->diagnostics[0].file) {
        check->file = string_copy(build->diagnostics[0].file);
        check->line = build->diagnostics[0].line;
    }
    check_settle(check, build->ok ? STATUS_PASS : STATUS_FAIL,
                 build->ok          ? REASON_NONE
                 : build->forbidden ? REASON_FORBIDDEN_SYMBOL
                                    : REASON_BUILD_ERROR,
                 explain_build(build));
    return true;
}

static bool run_check(struct grading *grading, struct check_result *check, uint64_t seed,
                      FILE *errors)
{
    struct trial trial = {
        .lesson = grading->lesson,
        .check = check->check,
        .build = &grading->build,
        .cpus = &grading->cpus,
        .sandbox = grading->sandbox,
        .procs = grading->result->procs,
        .submission = grading->options->submission,
    };
    switch (check->check->kind) {
    case CHECK_BUILD:
        return run_build(grading, check, errors);
    case CHECK_ANSWER:
        return answer_check(&trial, seed, check, &grading->result->printed, errors);
    case CHECK_SCHEDULES:
        return schedules_check(&trial, &grading->submission, seed, check, errors);
    case CHECK_SHAPE:
        return shape_check(&trial, &grading->submission, seed, check, grading->options->progress,
                           errors);
    }
    return false;
}

/* The check that keeps this one from running, or NULL. All need the build, which is the first. A
 * check that is inconclusive keeps nothing from running: the machine is to blame, not the
 * submission. */
static const struct check_result *blocker_of(const struct result *result, const struct check *check)
{
    for (size_t i = 0; i < result->checks_count && result->checks[i].check != check; i++) {
        const struct check_result *before = &result->checks[i];
        bool needed = i == 0 || (check->needs && strcmp(before->check->id, check->needs) == 0);
        if (needed && before->status != STATUS_PASS && before->status != STATUS_INCONCLUSIVE)
            return before;
    }
    return NULL;
}

static void skip_check(struct check_result *check, const struct check_result *blocker)
{
    bool error = blocker->status == STATUS_ERROR;
    check_settle(check, error ? STATUS_ERROR : STATUS_SKIPPED,
                 error ? REASON_INFRASTRUCTURE : REASON_NEEDS, explain_skipped(blocker->check->id));
}

/* Runs one check. What goes wrong on our side becomes the message of the check. */
static void do_check(struct grading *grading, struct check_result *check, uint64_t seed)
{
    const struct check_result *blocker = blocker_of(grading->result, check->check);
    if (blocker) {
        skip_check(check, blocker);
        return;
    }
    char *trouble = NULL;
    size_t size = 0;
    FILE *errors = open_memstream(&trouble, &size);
    if (!errors)
        memory_exhausted();
    double started = clock_seconds();
    bool ok = run_check(grading, check, seed, errors);
    check->seconds = clock_seconds() - started;
    fclose(errors);
    if (!ok)
        check_settle(check, STATUS_ERROR, REASON_INFRASTRUCTURE,
                     string_format("the grader could not go on\n%s", trouble));
    free(trouble);
}

/* ---- The TODO -------------------------------------------------------------------------------- */

/* The line of the first TODO in a student file; 0 if there is none. */
static int todo_line(const struct source *source)
{
    const char *todo = memmem(source->bytes, source->size, "TODO", 4);
    int line = 1;
    for (const char *c = source->bytes; todo && c < todo; c++)
        line += *c == '\n';
    return todo ? line : 0;
}

/* Puts the advice behind the first line of a failed check's message. */
static void add_todo(const struct lesson *lesson, struct check_result *check, const char *file,
                     int line)
{
    char *advice = explain_todo(file, line, lesson->id);
    int head = (int)strcspn(check->message, "\n");
    char *message =
        string_format("%.*s\n%s%s", head, check->message, advice, check->message + head);
    free(advice);
    free(check->message);
    check->message = message;
    free(check->file);
    check->file = string_copy(file);
    check->line = line;
}

/* A submission that fails and still has its TODO is most likely the untouched stub. */
static void explain_untouched(const struct grading *grading)
{
    const struct submission *submission = &grading->submission;
    struct check_result *failed = NULL;
    for (size_t i = 0; i < grading->result->checks_count && !failed; i++)
        if (grading->result->checks[i].status == STATUS_FAIL)
            failed = &grading->result->checks[i];
    if (!failed || failed->check->kind == CHECK_BUILD)
        return;
    for (size_t i = 0; i < submission->files.count; i++) {
        int line = todo_line(&submission->sources[i]);
        if (line > 0) {
            add_todo(grading->lesson, failed, submission->files.items[i], line);
            return;
        }
    }
}

/* ---- The whole ------------------------------------------------------------------------------- */

static void fill_in(struct grading *grading)
{
    struct result *result = grading->result;
    const struct grading_options *options = grading->options;
    grading->cpus = cpus_allowed();
    machine_spread_over_cores("", &grading->cpus);
    int most = grading->cpus.count < PROCS_DEFAULT_MOST ? grading->cpus.count : PROCS_DEFAULT_MOST;
    *result = result_new(grading->lesson);
    result->procs = options->procs > 0 ? options->procs : most;
    result->cpus = grading->cpus.count;
    result->cpu_model = machine_cpu_model("");
    result->sandbox = grading->sandbox;
    result->official = options->official;
    result->seed = options->seed;
    result->submission = string_copy(grading->submission.path);
    result->student_file = string_copy(grading->submission.files.items[0]);
    memcpy(result->sha256, grading->submission.sha256, sizeof result->sha256);
}

bool grade_submission(const struct lesson *lesson, const struct sandbox *sandbox,
                      const struct grading_options *options, struct result *result, FILE *errors)
{
    struct grading grading = {
        .lesson = lesson, .sandbox = sandbox, .options = options, .result = result};
    if (!submission_find(lesson, options->submission, &grading.submission, errors))
        return false;
    fill_in(&grading);
    uint64_t stream = options->seed;
    for (size_t i = 0; i < result->checks_count; i++)
        do_check(&grading, &result->checks[i], seed_next(&stream));
    explain_untouched(&grading);
    result_conclude(result);
    build_release(&grading.build);
    submission_release(&grading.submission);
    return true;
}
