/* grading.h - one grading from beginning to end. */
#ifndef BARISTA_GRADING_H
#define BARISTA_GRADING_H

#include "result.h"

struct grading_options {
    const char *submission; /* a folder or a file; NULL: the exercise folder */
    int procs;              /* N; 0: as many as CPUs may be used, but at most PROCS_DEFAULT_MOST */
    bool official;          /* for the gradebook; only said in the result */
    uint64_t seed;          /* all random numbers of this grading derive from it */
    FILE *progress;         /* where to show that something goes on, or NULL */
};

/* The lessons' inputs take about 200 ms at procs=1: on more procs a run would be too short to
 * time. */
#define PROCS_DEFAULT_MOST 4

/* Grades a submission, in this sandbox. Returns false, after a message on `errors`, when there is
 * nothing to grade: the caller's mistake (BARISTA_USAGE). Otherwise `result` is whole, and the
 * caller releases it, before the sandbox. */
bool grade_submission(const struct lesson *lesson, const struct sandbox *sandbox,
                      const struct grading_options *options, struct result *result, FILE *errors);

#endif
