/* submission.h - takes a submission in: finds the student files and reads them once.
 *
 * What is hashed is what is compiled: the grader keeps the bytes in memory, so that a file which
 * changes while it is graded changes nothing. */
#ifndef BARISTA_SUBMISSION_H
#define BARISTA_SUBMISSION_H

#include "lesson.h"

/* The bytes of one student file. */
struct source {
    char *bytes;
    size_t size;
};

/* The student files of one submission, ready to compile. */
struct submission {
    char *path;             /* as the user gave it; exercises/<id> by default */
    struct strings files;   /* where each of lesson->student was read from, in that order */
    struct source *sources; /* owned; their contents, in the same order */
    char sha256[65];        /* of their names (the lesson's, not the submission's) and contents */
};

/* Finds the student files. `path` is a folder that holds them by name, a single .c file that stands
 * for the only student file, or NULL for the exercise folder itself. Only regular files under 1 MiB
 * count, with one name: no links, for a submission must not make the grader read what its author
 * can't. False after a message on `errors` that says what is missing and what was expected: the
 * caller's mistake (BARISTA_USAGE). */
bool submission_find(const struct lesson *lesson, const char *path, struct submission *submission,
                     FILE *errors);
void submission_release(struct submission *submission);

#endif
