/* folder.h - the private folder of one grading. */
#ifndef BARISTA_FOLDER_H
#define BARISTA_FOLDER_H

#include <stdbool.h>
#include <stdio.h>

/* A folder that nobody else looks into, below $TMPDIR or /tmp. */
struct folder {
    char *path; /* owned; NULL: there is none */
    int lock;   /* held for as long as the folder is in use */
};

/* Makes one, and removes those that graders left behind which were killed (Ctrl-C does that).
 * Returns it, or one without a path after a message on `errors`. */
struct folder folder_new(FILE *errors);

/* Whether the file system of `path` has as much room as a grading takes; false after a message. */
bool folder_has_room(const char *path, FILE *errors);

/* Removes the folder and all that is in it. */
void folder_free(struct folder *folder);

#endif
