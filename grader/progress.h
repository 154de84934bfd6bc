/* progress.h - what the student has done, and how many hints were shown.
 *
 * Kept in .barista/progress.json, outside of the tracked files, so that an update of the course
 * loses nothing. Nothing here is ever an error: where it cannot be read or kept, the course goes
 * on. */
#ifndef BARISTA_PROGRESS_H
#define BARISTA_PROGRESS_H

#include <jansson.h>

#include "result.h"

/* The folder for what belongs to this student alone. */
#define STUDENT_FOLDER ".barista"

struct progress {
    char *path; /* of the file */
    json_t
        *root; /* {"schema": 1, "lessons": {"03-worker-pool": {"done": true, "best": 100, ...}}} */
};

/* Reads the progress kept in `folder` (STUDENT_FOLDER, but in tests); empty if there is none or
 * it can't be read. */
struct progress progress_load(const char *folder);

/* Keeps it. False when that was not possible, after a note on `notes`. */
bool progress_save(const struct progress *progress, FILE *notes);

void progress_release(struct progress *progress);

/* Takes a grading of the student's own file into account: done once is done, the best score
 * counts. An error changes nothing. */
void progress_record(struct progress *progress, const struct result *result);

bool progress_done(const struct progress *progress, const char *lesson_id);

/* The best score so far, or a negative number if the lesson was never graded. */
double progress_best(const struct progress *progress, const char *lesson_id);

/* How many levels of hints were shown. */
int progress_hints(const struct progress *progress, const char *lesson_id);
void progress_set_hints(struct progress *progress, const char *lesson_id, int level);

/* What lessons ask, beside their exercise: names of what is kept about it. */
#define PROGRESS_PREDICT "predict"
#define PROGRESS_QUIZ "quiz"

/* All questions of a kind were answered, so many of them right (or close) at the first try. The
 * best time counts. */
void progress_record_answers(struct progress *progress, const char *lesson_id, const char *kind,
                             size_t right, size_t count);

/* Whether they were answered, and how well. */
bool progress_answers(const struct progress *progress, const char *lesson_id, const char *kind,
                      size_t *right, size_t *count);

/* Whether anything can be kept in `folder`. Makes nothing. */
bool progress_can_be_kept(const char *folder);

/* The first lesson that is not done, or NULL if all are. Borrowed from `lessons`. */
const char *progress_next(const struct progress *progress, const struct strings *lessons);

#endif
