/* json.h - a result as JSON: the form that scripts and other graders read. This is schema 1:
 *
 *     schema       1; a greater number may break readers, added fields do not change it
 *     lesson       its id;  title
 *     verdict      pass | fail | inconclusive | error (no grade: the grader or the machine failed)
 *     score        points, of max_score. Inconclusive and failed-by-us checks have all theirs
 *     checks[]     id, kind (build | answer | shape),
 *                  status (pass | fail | inconclusive | skipped | error), reason (see result.h),
 *                  points, max_points, message, file, line, seconds,
 *                  evidence: what it rests on:
 *                    answer that failed: seed, procs, difference {line, expected, actual, matching}
 *                    shape: procs, cpus, kept, dropped, achievable (A), overlap and speedup
 *                    {decision (pass | fail | inconclusive | not_asked), median, low, high, pass,
 *                    fail, e_pass, e_fail}, rounds[] with every time that was measured: verdict.h
 *     shape        overlap, speedup, procs and the median times of the shape check
 *     machine      cpu_model, cpus that may be used, procs (N)
 *     sandbox      tier, active, missing: the protections that were on, not those there could be
 *     submission   path, sha256 of the student files
 *     seeds        grading: `--seed` with this number repeats all inputs
 *
 * What does not apply is null or, inside evidence, left out. Times are seconds, their names end
 * in _s; a time of 0 was not measured. */
#ifndef BARISTA_JSON_H
#define BARISTA_JSON_H

#include <jansson.h>

#include "result.h"

/* The result as a value of that form; the caller owns a reference. */
json_t *json_result(const struct result *result);

/* Writes a value to a file, or to standard output if `path` is "-". A file appears whole or not
 * at all (file_write): whoever watches it never reads half a result. Returns false with errno set
 * when that failed. */
bool json_write(const json_t *value, const char *path);

/* The same for commands: takes over the reference, and a failure is told on standard error. */
bool json_deliver(json_t *value, const char *path);

#endif
