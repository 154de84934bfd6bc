/* compiler.h - runs several compilers side by side. */
#ifndef BARISTA_COMPILER_H
#define BARISTA_COMPILER_H

#include <stdio.h>

#include "sandbox.h"
#include "text.h"

enum compilation_end {
    COMPILATION_DONE,
    COMPILATION_FAILED,  /* the compiler said no, or died */
    COMPILATION_TIMEOUT, /* it took longer than it may */
};

/* One run of the compiler: a compilation or a link. */
struct compilation {
    struct strings arguments; /* owned; after the name of the compiler */
    struct view view;         /* owned; the files that it needs, beside its own */
    char *folder;             /* owned; the only one that it may write to */
    enum compilation_end end;
    /* Owned. What the compiler printed, control bytes made visible; if it failed without a word,
     * how it ended. */
    char *output;
};

/* Runs them all at the same time and waits for each, `seconds` at most. The compiler is $CC
 * (which may carry arguments, as in make: "ccache gcc") or cc; it is started without a shell, in
 * the sandbox, with $TMPDIR set to the compilation's folder. Returns false after a message on
 * `errors` if it cannot be started. */
bool compiler_run(const struct sandbox *sandbox, struct compilation *compilations, size_t count,
                  int seconds, FILE *errors);

void compilation_release(struct compilation *compilation);

#endif
