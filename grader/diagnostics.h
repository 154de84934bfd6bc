/* diagnostics.h - reads what a compiler or linker printed and says it in the student's terms.
 *
 * Understood are gcc and clang, and the linkers GNU ld, gold and lld, run with LC_ALL=C. Output that is
 * not understood is passed on as it is, never swallowed. */
#ifndef BARISTA_DIAGNOSTICS_H
#define BARISTA_DIAGNOSTICS_H

#include "text.h"

/* One error or warning of the compiler or linker, in the student's terms. */
struct diagnostic {
    bool error;       /* otherwise a warning */
    char *file;       /* as the student knows it: exercises/03-worker-pool/pool.c; NULL: unknown */
    int line, column; /* 0: unknown */
    char *message;    /* without the file and line */
    char *source;     /* the line of source, and the marker on a line of its own below it; or NULL */
    char *advice;     /* "did you mean rt_chan_send?", or NULL */
};

/* A zero value is an empty list. */
struct diagnostics {
    struct diagnostic *items;
    size_t count;
};

/* Adds what the compiler printed about one file. `student` are the paths of the student's files as they
 * appear in `output`: an error inside a macro of rt.h is put down to the line that used the macro.
 * `api` are the names that rt.h declares, for misspelt ones. */
void diagnostics_add_compiler(struct diagnostics *list, const char *output,
                              const struct strings *student, const struct strings *api);

/* Adds what the linker printed. */
void diagnostics_add_linker(struct diagnostics *list, const char *output,
                            const struct strings *student, const struct strings *api);

/* Brings the first error to the front; the rest follows in source order, file by file. */
void diagnostics_sort(struct diagnostics *list);

void diagnostics_release(struct diagnostics *list);

#endif
