/* lesson_checks.h - the part of the lesson loader that reads `checks:`. */
#ifndef BARISTA_LESSON_CHECKS_H
#define BARISTA_LESSON_CHECKS_H

#include "fields.h"
#include "lesson.h"

/* Reads the checks of a lesson into lesson->checks, and their sum of points. `root` are the fields
 * of the whole lesson. */
void lesson_checks_read(struct lesson *lesson, const struct fields *root);

void lesson_checks_release(struct lesson *lesson);

#endif
