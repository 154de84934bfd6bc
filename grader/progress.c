/* progress.c - a small JSON file, kept as a tree of jansson values. */
#include "progress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json.h"

#define SCHEMA 1

struct progress progress_load(const char *folder)
{
    struct progress progress = {.path = string_format("%s/progress.json", folder)};
    progress.root = json_load_file(progress.path, 0, NULL);
    if (!json_is_object(json_object_get(progress.root, "lessons"))) {
        json_decref(progress.root);
        progress.root = json_pack("{s:i, s:{}}", "schema", SCHEMA, "lessons");
    }
    return progress;
}

bool progress_save(const struct progress *progress, FILE *notes)
{
    char *folder = string_copy(progress->path);
    *strrchr(folder, '/') = '\0';
    bool saved =
        (mkdir(folder, 0755) == 0 || errno == EEXIST) && json_write(progress->root, progress->path);
    if (!saved) /* a read-only place, for example: no mistake of the student's */
        fprintf(notes, "Note: what you have done is not kept: cannot write %s: %s\n",
                progress->path, strerror(errno));
    free(folder);
    return saved;
}

void progress_release(struct progress *progress)
{
    json_decref(progress->root);
    free(progress->path);
    *progress = (struct progress){0};
}

static json_t *find(const struct progress *progress, const char *lesson_id)
{
    return json_object_get(json_object_get(progress->root, "lessons"), lesson_id);
}

static json_t *find_or_add(struct progress *progress, const char *lesson_id)
{
    json_t *lesson = find(progress, lesson_id);
    if (!json_is_object(lesson)) {
        lesson = json_object();
        json_object_set_new(json_object_get(progress->root, "lessons"), lesson_id, lesson);
    }
    return lesson;
}

void progress_record(struct progress *progress, const struct result *result)
{
    const char *id = result->lesson->id;
    if (result->verdict == STATUS_ERROR)
        return;
    double best = progress_best(progress, id);
    bool done = progress_done(progress, id) || result_exit(result) == BARISTA_PASS;
    json_t *lesson = find_or_add(progress, id);
    json_object_set_new(lesson, "done", json_boolean(done));
    json_object_set_new(lesson, "best", json_real(result->score > best ? result->score : best));
    json_object_set_new(lesson, "max", json_real(result->max_score));
}

bool progress_done(const struct progress *progress, const char *lesson_id)
{
    return json_is_true(json_object_get(find(progress, lesson_id), "done"));
}

double progress_best(const struct progress *progress, const char *lesson_id)
{
    json_t *best = json_object_get(find(progress, lesson_id), "best");
    return json_is_number(best) ? json_number_value(best) : -1;
}

int progress_hints(const struct progress *progress, const char *lesson_id)
{
    return (int)json_integer_value(json_object_get(find(progress, lesson_id), "hints"));
}

void progress_set_hints(struct progress *progress, const char *lesson_id, int level)
{
    json_object_set_new(find_or_add(progress, lesson_id), "hints", json_integer(level));
}

void progress_record_answers(struct progress *progress, const char *lesson_id, const char *kind,
                             size_t right, size_t count)
{
    size_t best, of;
    bool better = !progress_answers(progress, lesson_id, kind, &best, &of) || of != count ||
                  right > best; /* as many questions as then: else the course has changed */
    if (better)
        json_object_set_new(
            find_or_add(progress, lesson_id), kind,
            json_pack("{s:I, s:I}", "right", (json_int_t)right, "of", (json_int_t)count));
}

bool progress_answers(const struct progress *progress, const char *lesson_id, const char *kind,
                      size_t *right, size_t *count)
{
    json_int_t its_right, its_count;
    json_t *answers = json_object_get(find(progress, lesson_id), kind);
    if (json_unpack(answers, "{s:I, s:I}", "right", &its_right, "of", &its_count) != 0 ||
        its_right < 0 || its_count < its_right)
        return false;
    *right = (size_t)its_right;
    *count = (size_t)its_count;
    return true;
}

bool progress_can_be_kept(const char *folder)
{
    if (access(folder, F_OK) != 0)
        return access(".", W_OK) == 0;
    return folder_exists(folder) && access(folder, W_OK) == 0;
}

const char *progress_next(const struct progress *progress, const struct strings *lessons)
{
    for (size_t i = 0; i < lessons->count; i++)
        if (!progress_done(progress, lessons->items[i]))
            return lessons->items[i];
    return NULL;
}
