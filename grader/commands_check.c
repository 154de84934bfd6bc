/* commands_check.c - `barista check`: grade, report, remember. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "grading.h"
#include "json.h"
#include "progress.h"
#include "report.h"
#include "seed.h"

/* Takes the student's own work into account, and finds what to do next: a lesson's id, or NULL. */
static char *record(const struct result *result)
{
    struct progress progress = progress_load(STUDENT_FOLDER);
    struct strings lessons = lesson_ids();
    progress_record(&progress, result);
    progress_save(&progress, stderr);
    const char *next = progress_next(&progress, &lessons);
    char *copy = next ? string_copy(next) : NULL;
    strings_release(&lessons);
    progress_release(&progress);
    return copy;
}

/* Shows the result wherever it was asked for. Standard output holds either the page or the JSON. */
static int show(const struct result *result, const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    FILE *screen = json_to_stdout ? stderr : stdout;
    bool own = !arguments->submission;
    /* Before the page, whose reader may go away (make check | head). */
    bool written = !arguments->json || json_deliver(json_result(result), arguments->json);
    char *next = own ? record(result) : NULL;
    char *closing = explain_next(result, own, next);
    report_print(result, closing, report_coloured(screen), screen);
    free(closing);
    free(next);
    return written ? (int)result_exit(result) : BARISTA_INFRA;
}

/* A grade that goes into a gradebook wants more between the submission and the machine than
 * limits. */
static bool choose_sandbox(const struct lesson *lesson, const struct arguments *arguments,
                           struct sandbox *sandbox)
{
    struct sandbox_wish wish = {
        .tier = arguments->tier ? tier_named(arguments->tier) : TIER_UNKNOWN,
        .loopback = lesson->loopback,
        .memory_mb = lesson->limits.memory_mb,
    };
    if (!sandbox_choose(&wish, sandbox, stderr))
        return false;
    if (!arguments->official || sandbox->tier < TIER_D)
        return true;
    /* `doctor` may well say tier C here: it asks for no network. */
    fprintf(stderr,
            "barista: --official needs a sandbox of tier C or better, and %s tier D; "
            "`barista doctor` says what is missing\n",
            lesson->loopback ? "a lesson with a network has here only" : "this machine has only");
    return false;
}

static int grade(const struct lesson *lesson, const struct sandbox *sandbox,
                 const struct arguments *arguments)
{
    struct grading_options options = {
        .submission = arguments->submission,
        .procs = arguments->procs,
        .official = arguments->official,
        .seed = arguments->seed_given ? arguments->seed : seed_fresh(),
        .progress = isatty(STDERR_FILENO) ? stderr : NULL,
    };
    struct result result;
    if (!grade_submission(lesson, sandbox, &options, &result, stderr))
        return BARISTA_USAGE;
    int status = show(&result, arguments);
    result_release(&result);
    return status;
}

int command_check(const struct arguments *arguments)
{
    if (arguments->words_count == 0)
        return command_list(arguments);
    struct lesson *lesson = command_lesson(arguments->words[0]);
    if (!lesson)
        return BARISTA_USAGE;
    struct sandbox sandbox;
    int status = BARISTA_INFRA;
    if (choose_sandbox(lesson, arguments, &sandbox))
        status = grade(lesson, &sandbox, arguments);
    sandbox_release(&sandbox);
    lesson_free(lesson);
    return status;
}
