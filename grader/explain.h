/* explain.h - turns what was found into words for the student: what happened, what it means, and
 * what to do next. Pure functions. The form of a message is told in result.h; the caller owns
 * each. */
#ifndef BARISTA_EXPLAIN_H
#define BARISTA_EXPLAIN_H

#include "build.h"
#include "run.h"

/* Which run a message is about. */
struct explain_run_place {
    int procs;
    uint64_t seed;
    bool before_passed; /* on fewer procs the same input was right */
    const char *replay; /* the command that repeats the run */
};

/* The command that shows more of what a check is about: "make why LESSON=21 CHECK=report";
 * `submission` NULL: the exercise folder's. */
char *explain_command(const char *target, const struct lesson *lesson, const struct check *check,
                      const char *submission);

/* The command with which the student repeats a run; `submission` NULL: the exercise folder's. */
char *explain_replay(const struct lesson *lesson, const struct check *check, const char *submission,
                     int procs, uint64_t seed);

/* The compiler's errors and warnings, first things first. */
char *explain_build(const struct build *build);

char *explain_right_answers(int seeds, int procs);
char *explain_difference(const struct difference *difference,
                         const struct explain_run_place *place);

/* A run that did not end well: run->reason is not REASON_NONE. */
char *explain_bad_end(const struct run *run, const struct explain_run_place *place);

/* What is wrong in the last of the schedules that were tried. What happened in it is told apart. */
char *explain_schedule(enum reason reason, int64_t tried);

/* A check that could not run because `needs` did not pass. */
char *explain_skipped(const char *needs);

/* A student file that still holds its TODO, on that line: what to do first. */
char *explain_todo(const char *file, int line, const char *lesson_id);

/* What to do after a grading, for the end of the report. `own`: the student's own exercise was
 * graded; `next` is then the id of the next lesson to do, or NULL when all are done. */
char *explain_next(const struct result *result, bool own, const char *next);

/* The shape: result->evidence and result->shape are there, and the verdict is not undecided. */
char *explain_shape(const struct check_result *result);

#endif
