/* course.h - a folder that looks like the course to the grader, with one lesson that is
 * attacked. */
#ifndef COURSE_H
#define COURSE_H

/* Stands in the oracle's source, and must not appear anywhere else. */
#define SECRET "barista-secret"

/* Makes it, readable for all users, with a copy of the grader in `build` (the folder where this
 * program's own is). Returns its path, owned. Ends the program if that fails. */
char *course_new(const char *build);

/* Hands the course to another user. */
void course_give(const char *course, unsigned user);

void course_free(char *course);

#endif
