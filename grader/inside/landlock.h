/* landlock.h - shuts a process off from all files but those that it was granted. */
#ifndef BARISTA_INSIDE_LANDLOCK_H
#define BARISTA_INSIDE_LANDLOCK_H

#include <stdbool.h>

enum grant { GRANT_READ, GRANT_EXECUTE, GRANT_WRITE };

/* A ruleset that is being made; -1: none. */
struct landlock {
    int ruleset;
    int abi; /* the kernel's version of Landlock */
};

/* The steps in their order. Each returns false with errno set. After landlock_enter there is no way
 * back, for this thread and all that it starts. */
bool landlock_begin(struct landlock *landlock, bool network);
bool landlock_grant(struct landlock *landlock, const char *path, enum grant grant);
bool landlock_enter(struct landlock *landlock);

#endif
