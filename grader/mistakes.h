/* mistakes.h - the mistakes found in a lesson, collected so that all can be shown in one pass, in
 * the order of the file's lines, however they were found.
 *
 * Ownership: a list owns its texts; mistakes_release() frees them. */
#ifndef BARISTA_MISTAKES_H
#define BARISTA_MISTAKES_H

#include <stddef.h>
#include <stdio.h>

struct mistake {
    int line, column; /* from 1, as editors count; columns in characters */
    char *text;       /* what is wrong, and what is allowed; one line */
};

/* A zero value is an empty list. */
struct mistakes {
    struct mistake *items; /* sorted by line and column; in the order of adding at the same place */
    size_t count;
    size_t left_out; /* found beyond the most that are kept */
};

/* Adds a mistake; printf format, without place or newline. */
__attribute__((format(printf, 4, 5))) void mistakes_add(struct mistakes *mistakes, int line,
                                                        int column, const char *format, ...);

/* How many there are, those left out included. */
size_t mistakes_total(const struct mistakes *mistakes);

/* Prints each as `path:line:column: text`, the form that editors and CI make into links. */
void mistakes_print(const struct mistakes *mistakes, const char *path, FILE *errors);

void mistakes_release(struct mistakes *mistakes);

#endif
