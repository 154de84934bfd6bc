/* build.h - takes a submission in and turns it into programs that can be run.
 *
 * Each grading builds in a fresh private folder, so gradings can run side by side and nothing of one
 * survives into the next. */
#ifndef BARISTA_BUILD_H
#define BARISTA_BUILD_H

#include <stdbool.h>

#include "lesson.h"

/* The student files of one submission: found, copied, and ready to compile. */
struct submission {
    char *path;           /* as the user gave it; exercises/<id> by default */
    struct strings files; /* where each of lesson->student is read from, in that order */
    char sha256[65];      /* of their names and contents */
};

/* Finds the student files. `path` is a folder that holds them by name, a single .c file that stands for
 * the only student file, or NULL for the exercise folder itself. Only regular files under 1 MiB count.
 * False after a message on `errors` that says what is missing and what was expected: the caller's
 * mistake (BARISTA_USAGE). */
bool submission_find(const struct lesson *lesson, const char *path, struct submission *submission,
                     FILE *errors);
void submission_release(struct submission *submission);

/* One error or warning of the compiler or linker, in the student's terms. */
struct diagnostic {
    bool error;    /* otherwise a warning */
    char *file;    /* as the student knows it: exercises/03-worker-pool/pool.c, or the submission's path */
    int line, column; /* 0: unknown */
    char *message; /* without the file and line */
    char *source;  /* the line of source with the marker below it, or NULL */
    char *advice;  /* "did you mean rt_chan_send?", or NULL */
};

struct build {
    bool ok;             /* the submission compiled and linked */
    char *folder;        /* the private folder; build_release removes it */
    char *program;       /* the submission's program in it; NULL unless ok */
    char *oracle;        /* the oracle's program in it */
    struct diagnostic *diagnostics; /* the first error first, then the rest in source order */
    size_t diagnostics_count;
    double seconds;
};

/* Compiles and links submission and oracle with the lesson's harness. Compilers of both run side by
 * side. Returns false, after a message on `errors`, only when the infrastructure failed (no compiler,
 * no space, a harness or an oracle that does not compile): BARISTA_INFRA. A submission that does not
 * compile is `ok == false` with its diagnostics. */
bool build_make(const struct lesson *lesson, const struct submission *submission, struct build *build,
                FILE *errors);
void build_release(struct build *build);

#endif
