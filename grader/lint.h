/* lint.h - checks all lessons and what belongs to them, for authors and CI. */
#ifndef BARISTA_LINT_H
#define BARISTA_LINT_H

#include <stdio.h>

/* Loads every lesson, and makes sure that it is whole: its text, demo and questions, at
 * least one solution and
 * three decoys, each decoy named after a reason that a submission can fail for; no number used
 * twice; no folder of exercises or submissions without a lesson. Prints the mistakes on `errors` as
 * lesson_load does, and a line such as `6 lessons, 0 mistakes` on `out`. Returns BARISTA_PASS, or
 * BARISTA_USAGE if there were mistakes or no lessons. */
int lint_all(FILE *out, FILE *errors);

#endif
