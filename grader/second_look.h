/* second_look.h - what virtual time has to say about a shape that was measured and did not pass.
 *
 * A shape that the machine left open - too busy, too few CPUs - is decided there if it clearly fails: the
 * speedup on many virtual procs is the same on every machine, so a busy machine protects nobody. It is never
 * passed there: the figures come out of the submission's own process, and a submission that forges them gets what
 * an open shape gets anyway, and no more.
 *
 * A shape that fails, either way, is told why (investigate.h). */
#ifndef BARISTA_SECOND_LOOK_H
#define BARISTA_SECOND_LOOK_H

#include "result.h"
#include "simulate.h"

/* Takes some seconds. `real` is the build that was measured. Changes the result of the check as above. If virtual time
 * can't tell - the submission ends badly there, or anything goes wrong on our side - nothing changes. */
void second_look(const struct sandbox *sandbox, const struct lesson *lesson,
                 const struct submission *submission, const struct build *real,
                 struct check_result *check);

/* Only asks whether the check's shape clearly fails in virtual time; false, too, if that can't tell. Changes
 * nothing. */
bool second_look_fails(const struct sandbox *sandbox, const struct lesson *lesson,
                       const struct submission *submission, struct check_result *check);

#endif
