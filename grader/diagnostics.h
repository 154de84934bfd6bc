/* diagnostics.h - reads what a compiler or linker printed and says it in the student's terms.
 *
 * Understood are gcc and clang, and the linkers GNU ld, gold and lld, run with LC_ALL=C. Output
 * that is not understood is passed on as it is, never swallowed. */
#ifndef BARISTA_DIAGNOSTICS_H
#define BARISTA_DIAGNOSTICS_H

#include "text.h"

/* One error or warning of the compiler or linker, in the student's terms. */
struct diagnostic {
    bool error;       /* otherwise a warning */
    char *file;       /* as the student knows it: exercises/03-worker-pool/pool.c; NULL: unknown */
    int line, column; /* 0: unknown */
    char *message;    /* without the file and line */
    char *source; /* the line of source, and the marker on a line of its own below it; or NULL */
    char *advice; /* "did you mean rt_chan_send?", or NULL */
};

/* A zero value is an empty list. */
struct diagnostics {
    struct diagnostic *items;
    size_t count;
};

/* What the readers need to know to put things in the student's terms. */
struct diagnostics_context {
    const struct strings *student; /* paths of the student's files, as they appear in the output */
    const struct strings *api;     /* the names that rt.h declares, for misspelt ones */
};

/* Adds what the compiler printed about one file. An error inside a macro of rt.h is put down to
 * the line of the student's that used the macro. */
void diagnostics_add_compiler(struct diagnostics *list, const char *output,
                              const struct diagnostics_context *context);

/* Adds what the linker printed: each name that is missing or there twice, once. */
void diagnostics_add_linker(struct diagnostics *list, const char *output,
                            const struct diagnostics_context *context);

/* Adds an error that has no place. Takes over the message. */
void diagnostics_add_message(struct diagnostics *list, char *message);

/* Whether there is an error among them. */
bool diagnostics_fail(const struct diagnostics *list);

/* Brings the first error to the front; the rest follows in source order, file by file. */
void diagnostics_sort(struct diagnostics *list);

void diagnostics_release(struct diagnostics *list);

/* The names of functions, types and macros that rt.h declares, read from the file, so that they
 * are never out of date; those with `_at` appended, which nobody calls by hand, are left out.
 * Empty if there is no such file. */
struct strings diagnostics_api(const char *path);

#endif
