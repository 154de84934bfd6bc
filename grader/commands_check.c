/* commands_check.c - `barista check`: grade, report, remember. */
#include "commands.h"

#include <errno.h>
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

static bool write_json(const struct result *result, const char *path)
{
    json_t *json = json_result(result);
    bool written = json_write(json, path);
    if (!written)
        fprintf(stderr, "barista: cannot write %s: %s\n", path, strerror(errno));
    json_decref(json);
    return written;
}

/* Shows the result wherever it was asked for. Standard output holds either the page or the JSON. */
static int show(const struct result *result, const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    FILE *screen = json_to_stdout ? stderr : stdout;
    bool own = !arguments->submission;
    char *next = own ? record(result) : NULL;
    char *closing = explain_next(result, own, next);
    report_print(result, closing, report_coloured(screen), screen);
    free(closing);
    free(next);
    if (arguments->json && !write_json(result, arguments->json))
        return BARISTA_INFRA;
    return (int)result_exit(result);
}

int command_check(const struct arguments *arguments)
{
    if (arguments->words_count == 0)
        return command_list(arguments);
    struct lesson *lesson = command_lesson(arguments->words[0]);
    if (!lesson)
        return BARISTA_USAGE;
    struct grading_options options = {
        .submission = arguments->submission,
        .procs = arguments->procs,
        .seed = arguments->seed_given ? arguments->seed : seed_fresh(),
        .progress = isatty(STDERR_FILENO) ? stderr : NULL,
    };
    struct result result;
    int status = BARISTA_USAGE;
    if (grade_submission(lesson, &options, &result, stderr)) {
        status = show(&result, arguments);
        result_release(&result);
    }
    lesson_free(lesson);
    return status;
}
