/* commands_course.c - finding one's way through the course: the list of lessons, hints, and the
 * check of the lesson files. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "lint.h"
#include "progress.h"
#include "wrap.h"

struct lesson *command_lesson(const char *wanted)
{
    if (!wanted || !*wanted) {
        fputs("barista: which lesson? Give its number, for example 03; `make list` shows all.\n",
              stderr);
        return NULL;
    }
    char *id = lesson_find(wanted, stderr);
    struct lesson *lesson = id ? lesson_load(id, stderr) : NULL;
    free(id);
    return lesson;
}

struct questions *command_questions(const struct lesson *lesson, const char *what)
{
    if (!questions_exist(lesson->id)) {
        fprintf(stderr, "barista: lesson %.2s has no questions (lessons/%s/questions.yaml)\n",
                lesson->id, lesson->id);
        return NULL;
    }
    struct questions *questions = questions_load(lesson->id, stderr);
    if (questions)
        printf("%s: lesson %.2s, %s\n", what, lesson->id, lesson->title);
    return questions;
}

void command_keep_answers(const struct lesson *lesson, const char *kind, size_t right, size_t count)
{
    struct progress progress = progress_load(STUDENT_FOLDER);
    progress_record_answers(&progress, lesson->id, kind, right, count);
    progress_save(&progress, stderr);
    progress_release(&progress);
}

static void list_lesson(const struct lesson *lesson, const struct progress *progress, bool next)
{
    double best = progress_best(progress, lesson->id);
    const char *state = progress_done(progress, lesson->id) ? "done" : next ? "next" : "";
    printf(" %-4s  %.2s  %-50s %3d min", state, lesson->id, lesson->title, lesson->minutes);
    if (best >= 0)
        printf("  %4.4g/%.4g", best, lesson->max_points);
    putchar('\n');
}

int command_list(const struct arguments *arguments)
{
    (void)arguments;
    struct strings ids = lesson_ids();
    struct progress progress = progress_load(STUDENT_FOLDER);
    const char *next = progress_next(&progress, &ids);
    size_t done = 0, wrong = 0;
    for (size_t i = 0; i < ids.count; i++) {
        struct lesson *lesson = lesson_load(ids.items[i], stderr);
        if (lesson)
            list_lesson(lesson, &progress, ids.items[i] == next);
        else
            wrong++;
        lesson_free(lesson);
        done += progress_done(&progress, ids.items[i]);
    }
    if (!lessons_are_here(&ids, stderr)) {
        wrong++;
    } else {
        printf("%zu of %zu done.", done, ids.count);
        if (next)
            printf("   Next: read lessons/%s/lesson.md, then make check LESSON=%.2s", next, next);
        putchar('\n');
    }
    progress_release(&progress);
    strings_release(&ids);
    return wrong > 0 ? BARISTA_USAGE : BARISTA_PASS;
}

/* The level that the user wants to see: the one given, or the one after those shown; 0 after a
 * message if there is no such level. */
static int hint_level(const struct arguments *arguments, int shown, int most)
{
    if (arguments->words_count < 2)
        return shown < 0 ? 1 : shown < most ? shown + 1 : most;
    char *end;
    long level = strtol(arguments->words[1], &end, 10);
    if (*end == '\0' && level >= 1 && level <= most)
        return (int)level;
    fprintf(stderr, "barista: there is no hint \"%s\"; levels are 1 to %d\n", arguments->words[1],
            most);
    return 0;
}

int command_hint(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    struct progress progress = progress_load(STUDENT_FOLDER);
    int most = (int)lesson->hints.count, shown = progress_hints(&progress, lesson->id);
    int level = hint_level(arguments, shown, most);
    for (int i = 0; i < level; i++) {
        printf("Hint %d of %d\n", i + 1, most);
        wrap_print(stdout, 2, lesson->hints.items[i]);
    }
    if (level > 0 && level < most)
        printf("Still stuck? make hint LESSON=%.2s once more shows the next one.\n", lesson->id);
    else if (level > 0)
        printf("There are no more. The lesson's text explains the rest: lessons/%s/lesson.md\n",
               lesson->id);
    if (level > shown) {
        progress_set_hints(&progress, lesson->id, level);
        progress_save(&progress, stderr);
    }
    progress_release(&progress);
    lesson_free(lesson);
    return level > 0 ? BARISTA_PASS : BARISTA_USAGE;
}

int command_lint(const struct arguments *arguments)
{
    (void)arguments;
    return lint_all(stdout, stderr);
}
