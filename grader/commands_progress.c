/* commands_progress.c - `barista progress`: what is done of each lesson, and what comes next.
 *
 * A lesson has up to three parts: predictions before its demo, the exercise, and the quiz at its
 * end. Only the exercise has points, so only it decides whether the lesson counts as done, here as
 * in `barista list`. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "result.h"
#include "wrap.h"

/* The parts of one lesson. */
struct parts {
    bool asks; /* it has questions */
    bool predicted, quizzed, done;
};

struct totals {
    size_t asks, predicted, quizzed, done;
};

static struct parts parts_of(const struct progress *progress, const char *id)
{
    size_t right, count;
    return (struct parts){
        .asks = questions_exist(id),
        .predicted = progress_answers(progress, id, PROGRESS_PREDICT, &right, &count),
        .quizzed = progress_answers(progress, id, PROGRESS_QUIZ, &right, &count),
        .done = progress_done(progress, id),
    };
}

static bool is_open(const struct parts *parts)
{
    return !parts->done || (parts->asks && !(parts->predicted && parts->quizzed));
}

/* What to do next: the first exercise that is not done; when all are, the first lesson with
 * questions left. */
static const char *next_lesson(const struct progress *progress, const struct strings *ids)
{
    const char *next = progress_next(progress, ids);
    for (size_t i = 0; i < ids->count && !next; i++) {
        struct parts parts = parts_of(progress, ids->items[i]);
        if (is_open(&parts))
            next = ids->items[i];
    }
    return next;
}

/* "3/4", or "-" where nothing was answered yet; the caller owns it. */
static char *answers_text(const struct progress *progress, const char *id, const char *kind)
{
    size_t right, count;
    if (!progress_answers(progress, id, kind, &right, &count))
        return string_copy(questions_exist(id) ? "-" : "");
    return string_format("%zu/%zu", right, count);
}

/* Columns for a title; a longer one goes on below, where it begins. */
#define TITLE_WIDTH 41
#define TITLE_INDENT 11

/* How much of a title stands on the first line: whole words, if the first is not too long. */
static int title_start(const char *title)
{
    if (strlen(title) <= TITLE_WIDTH)
        return (int)strlen(title);
    int end = TITLE_WIDTH;
    while (end > 0 && title[end] != ' ')
        end--;
    return end > 0 ? end : TITLE_WIDTH;
}

static void show_lesson(const struct lesson *lesson, const struct progress *progress, bool next)
{
    const char *id = lesson->id;
    double best = progress_best(progress, id);
    char *predict = answers_text(progress, id, PROGRESS_PREDICT);
    char *quiz = answers_text(progress, id, PROGRESS_QUIZ);
    char *exercise =
        best >= 0 ? string_format("%.4g/%.4g", best, lesson->max_points) : string_copy("-");

    int start = title_start(lesson->title);

    printf(" %-4s  %.2s  %-*.*s  %7s  %4s  %8s\n",
           progress_done(progress, id) ? "done"
           : next                      ? "next"
                                       : "",
           id, TITLE_WIDTH, start, lesson->title, predict, quiz, exercise);
    const char *rest = lesson->title + start;
    wrap_print(stdout, TITLE_INDENT, rest + strspn(rest, " "));
    free(exercise);
    free(quiz);
    free(predict);
}

static void show_next(const struct progress *progress, const char *next)
{
    struct parts parts = parts_of(progress, next);
    printf("Next: lessons/%s/lesson.md, and on the way\n", next);
    if (parts.asks && !parts.predicted)
        printf("    make predict LESSON=%.2s    before the part \"Measure\"\n", next);
    if (!parts.done)
        printf("    make check LESSON=%.2s      for the exercise\n", next);
    if (parts.asks && !parts.quizzed)
        printf("    make quiz LESSON=%.2s       at the end\n", next);
}

static void show_totals(const struct totals *totals, size_t lessons)
{
    printf("Done: %zu of %zu exercises, %zu of %zu predictions, %zu of %zu quizzes.\n",
           totals->done, lessons, totals->predicted, totals->asks, totals->quizzed, totals->asks);
}

static void count_parts(const struct progress *progress, const char *id, struct totals *totals)
{
    struct parts parts = parts_of(progress, id);
    totals->asks += parts.asks;
    totals->predicted += parts.asks && parts.predicted;
    totals->quizzed += parts.asks && parts.quizzed;
    totals->done += parts.done;
}

int command_progress(const struct arguments *arguments)
{
    (void)arguments;
    struct strings ids = lesson_ids();
    if (!lessons_are_here(&ids, stderr))
        return BARISTA_USAGE;
    struct progress progress = progress_load(STUDENT_FOLDER);
    const char *next = next_lesson(&progress, &ids);
    struct totals totals = {0};
    bool all_readable = true;

    printf("%52s  %7s  %4s  %8s\n", "", "predict", "quiz", "exercise");
    for (size_t i = 0; i < ids.count; i++) {
        struct lesson *lesson = lesson_load(ids.items[i], stderr);
        if (lesson)
            show_lesson(lesson, &progress, ids.items[i] == next);
        all_readable &= lesson != NULL;
        lesson_free(lesson);
        count_parts(&progress, ids.items[i], &totals);
    }
    show_totals(&totals, ids.count);
    if (next)
        show_next(&progress, next);
    if (!progress_can_be_kept(STUDENT_FOLDER))
        puts("What you do is not kept: " STUDENT_FOLDER " cannot be written here.");
    progress_release(&progress);
    strings_release(&ids);
    return all_readable ? BARISTA_PASS : BARISTA_USAGE;
}
