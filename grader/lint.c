/* lint.c - what must be true of the lessons as a whole, beyond what lesson.c demands of a file.
 *
 * A lesson's mistakes are gathered in one list and shown at its lesson.yaml. What is missing
 * elsewhere has no line of its own, so it is shown at the first. */
#include "lint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lesson.h"
#include "mistakes.h"
#include "questions.h"
#include "result.h"

/* With fewer, the checks of a lesson have not been shown to tell right from wrong. */
#define DECOYS_MIN 3

#define WRONG "wrong-"
#define SOLUTION "solution"

/* ---- Submissions ----------------------------------------------------------------------------- */

/* The codes of the reasons that a submission can fail for: those that a decoy may show. The others
 * are about the machine, or follow from an earlier check. */
static struct strings decoy_reasons(void)
{
    struct strings codes = {0};

    for (enum reason reason = REASON_NONE + 1; reason < REASON_NEEDS; reason++)
        strings_add(&codes, reason_code(reason));
    return codes;
}

/* Whether the decoy `name`, wrong-REASON.c or wrong-REASON-VARIANT.c or a folder so called, names a
 * reason; otherwise the mistake is recorded. */
static bool names_a_reason(const char *name, const struct strings *reasons, const char *folder,
                           struct mistakes *mistakes)
{
    char *reason = string_copy(name + strlen(WRONG));

    reason[strcspn(reason, "-.")] = '\0';
    bool known = strings_contain(reasons, reason);
    if (!known) {
        const char *nearest = strings_nearest(reasons, reason);
        char *question =
            nearest ? string_format("did you mean \"%s\"? ", nearest) : string_copy("");
        char *codes = strings_join(reasons, ", ");
        mistakes_add(mistakes, 1, 1, "%s/%s: no reason is called \"%s\"; %sallowed are: %s", folder,
                     name, reason, question, codes);
        free(codes);
        free(question);
    }
    free(reason);
    return known;
}

/* A submission is a .c file, or a folder with the lesson's student files. */
static bool is_submission(const char *folder, const char *name)
{
    size_t length = strlen(name);
    char *path = string_format("%s/%s", folder, name);
    bool good = folder_exists(path) || (length > 2 && strcmp(name + length - 2, ".c") == 0);

    free(path);
    return good;
}

static void lint_submissions(const char *id, struct mistakes *mistakes)
{
    char *folder = string_format("tests/submissions/%s", id);
    struct strings names = folder_names(folder), reasons = decoy_reasons();
    size_t solutions = 0, decoys = 0;

    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.items[i];

        if (strcmp(name, "README.md") == 0)
            continue;
        if (is_submission(folder, name) && strncmp(name, SOLUTION, strlen(SOLUTION)) == 0)
            solutions++;
        else if (is_submission(folder, name) && strncmp(name, WRONG, strlen(WRONG)) == 0)
            decoys += names_a_reason(name, &reasons, folder, mistakes);
        else
            mistakes_add(mistakes, 1, 1,
                         "%s/%s: expected solution*.c, wrong-REASON.c, wrong-REASON-VARIANT.c, or "
                         "folders so called",
                         folder, name);
    }
    if (solutions == 0)
        mistakes_add(mistakes, 1, 1, "%s has no solution; at least one (solution.c) is needed",
                     folder);
    if (decoys < DECOYS_MIN)
        mistakes_add(mistakes, 1, 1,
                     "%s has %zu decoys (wrong-REASON.c) with a known reason; at least %d are "
                     "needed",
                     folder, decoys, DECOYS_MIN);
    strings_release(&reasons);
    strings_release(&names);
    free(folder);
}

/* ---- Lessons --------------------------------------------------------------------------------- */

static void need_file(const char *id, const char *name, struct mistakes *mistakes)
{
    char *path = string_format("lessons/%s/%s", id, name);
    struct stat status;

    if (stat(path, &status) != 0)
        mistakes_add(mistakes, 1, 1, "cannot find %s: %s; each lesson has one", path,
                     strerror(errno));
    else if (!S_ISREG(status.st_mode) || status.st_size == 0)
        mistakes_add(mistakes, 1, 1, "%s must be a regular file that is not empty", path);
    free(path);
}

/* That they are there, need_file() has seen. */
static size_t lint_questions(const char *id, FILE *errors)
{
    struct mistakes mistakes = {0};
    char *path = string_format("lessons/%s/questions.yaml", id);

    if (questions_exist(id))
        questions_free(questions_read(id, &mistakes));
    mistakes_print(&mistakes, path, errors);

    size_t total = mistakes_total(&mistakes);
    mistakes_release(&mistakes);
    free(path);
    return total;
}

/* `before` is the lesson before this one in order of numbers, or NULL. */
static size_t lint_lesson(const char *id, const char *before, FILE *errors)
{
    struct mistakes mistakes = {0};
    char *path = string_format("lessons/%s/lesson.yaml", id);

    lesson_free(lesson_read(id, &mistakes));
    if (before && strncmp(before, id, 2) == 0)
        mistakes_add(&mistakes, 1, 1, "the number %.2s is taken by %s; give each lesson its own",
                     id, before);
    need_file(id, "lesson.md", &mistakes);
    need_file(id, "demo.c", &mistakes);
    need_file(id, "questions.yaml", &mistakes);
    lint_submissions(id, &mistakes);
    mistakes_print(&mistakes, path, errors);

    size_t total = mistakes_total(&mistakes) + lint_questions(id, errors);
    mistakes_release(&mistakes);
    free(path);
    return total;
}

/* Folders that belong to no lesson: most likely one was renamed in one place only. */
static size_t lint_strays(const char *parent, const struct strings *ids, FILE *errors)
{
    struct strings names = folder_names(parent);
    size_t strays = 0;

    for (size_t i = 0; i < names.count; i++) {
        char *path = string_format("%s/%s", parent, names.items[i]);

        if (folder_exists(path) && !strings_contain(ids, names.items[i])) {
            const char *nearest = strings_nearest(ids, names.items[i]);
            fprintf(errors, "%s:1:1: no lesson has this name; ", path);
            if (nearest)
                fprintf(errors, "did you mean %s?\n", nearest);
            else
                fputs("it must be the name of a folder in lessons/\n", errors);
            strays++;
        }
        free(path);
    }
    strings_release(&names);
    return strays;
}

/* Folders with a lesson.yaml whose name keeps them from being a lesson. */
static size_t lint_misnamed(const struct strings *ids, FILE *errors)
{
    struct strings names = folder_names("lessons");
    size_t misnamed = 0;

    for (size_t i = 0; i < names.count; i++) {
        char *path = string_format("lessons/%s/lesson.yaml", names.items[i]);
        struct stat status;

        if (!strings_contain(ids, names.items[i]) && stat(path, &status) == 0) {
            fprintf(errors,
                    "%s:1:1: the folder's name must be two digits, a hyphen and a topic in lower "
                    "case, such as 03-worker-pool\n",
                    path);
            misnamed++;
        }
        free(path);
    }
    strings_release(&names);
    return misnamed;
}

int lint_all(FILE *out, FILE *errors)
{
    struct strings ids = lesson_ids();
    size_t mistakes = 0, lessons = ids.count;

    for (size_t i = 0; i < ids.count; i++)
        mistakes += lint_lesson(ids.items[i], i > 0 ? ids.items[i - 1] : NULL, errors);
    mistakes += lint_misnamed(&ids, errors);
    mistakes += lint_strays("exercises", &ids, errors);
    mistakes += lint_strays("tests/submissions", &ids, errors);
    mistakes += !lessons_are_here(&ids, errors);
    strings_release(&ids);

    fprintf(out, "%zu lesson%s, %zu mistake%s\n", lessons, lessons == 1 ? "" : "s", mistakes,
            mistakes == 1 ? "" : "s");
    return mistakes == 0 ? BARISTA_PASS : BARISTA_USAGE;
}
