/* symbols.h - what a submission must not define, use, or have run before main(). */
#ifndef BARISTA_SYMBOLS_H
#define BARISTA_SYMBOLS_H

#include <stdio.h>

#include "diagnostics.h"
#include "submission.h"

/* The object files that a submission is linked with, and that are not the student's. */
struct trusted_objects {
    const char *harness;  /* the lesson's */
    const char *exercise; /* exercises/exercise.c's: the submission must not even use it */
    const char *oracle;   /* defines what the student is asked to define */
    const char *library;  /* the runtime; an archive */
};

/* Adds an error for each thing that is wrong with the object files that were made of a submission.
 * Returns false, after a message on `errors`, if a trusted file can't be read. */
bool symbols_check(const struct strings *objects, const struct submission *submission,
                   const struct trusted_objects *trusted, struct diagnostics *diagnostics,
                   FILE *errors);

/* The line of a source text on which this name is most likely defined; 0 if it is not in there. */
int symbols_line(const char *source, const char *name);

#endif
