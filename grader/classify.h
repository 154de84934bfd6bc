/* classify.h - is a function of the learner's own bound by waiting, by computing, or by both? */
#ifndef BARISTA_CLASSIFY_H
#define BARISTA_CLASSIFY_H

#include <stdbool.h>
#include <stdio.h>

#include "cpus.h"
#include "folder.h"

/* ---- What was measured ----------------------------------------------------------------------- */

/* A program that calls the function; it lies in a folder of its own. */
struct classify_program {
    struct folder folder;
    char *path;      /* owned; NULL: it could not be built */
    char *complaint; /* owned; why not, in the learner's terms; NULL: nothing to complain of */
};

/* Compiles the function `function` of the file `file`. Returns false after a message on `errors`
 * when the machine has failed; a file that does not compile is no such failure. The caller releases
 * the program. */
bool classify_build(const char *file, const char *function, struct classify_program *program,
                    FILE *errors);
void classify_program_release(struct classify_program *program);

struct classify_figures {
    double call_s;  /* one call, alone, on the clock */
    double waiting; /* share of it that was not computing, 0 to 1 */
    int copies;     /* so many calls, or runs of `calls` calls each, were put beside each other: */
    long calls;     /* 1, unless one is too short to be timed */
    int procs;      /* N; 1: only one CPU may be used */
    double in_sequence;         /* seconds: one copy after the other */
    double one, many;           /* as tasks on one proc, and on N; many is 0 without a second CPU */
    double gain_one, gain_many; /* medians of in_sequence over those, taken in turns */
    double speedup;             /* median of one over many */
    double wrapped;             /* seconds: each in an rt_blocking, on one proc; 0: not measured */
    double achievable; /* how many times the work of one CPU N of them could do meanwhile */
};

/* Measures, in a quarter of a minute at most if the function ends within a second. Returns false
 * when the machine has failed, after a message on `errors`, or when the function has: then
 * *complaint, which the caller frees, says how. */
bool classify_measure(const struct classify_program *program, const struct cpus *cpus, int procs,
                      struct classify_figures *figures, char **complaint, FILE *errors);

/* ---- What follows from it: classified.c, a pure function ------------------------------------- */

/* As faster counts what can be seen through some noise. */
#define CLASSIFY_FASTER 1.2

enum bound { BOUND_IO, BOUND_CPU, BOUND_MIXED };

enum concurrency {
    CONCURRENCY_HELPS,
    CONCURRENCY_NOTHING_TO_OVERLAP,
    CONCURRENCY_BLOCKED /* it would, but the waits hold the thread: the trap */
};

enum parallelism {
    PARALLELISM_HELPS,
    PARALLELISM_NOTHING_TO_SHARE, /* it waits, and for that one proc is enough */
    PARALLELISM_HELD_UP,          /* it computes, and still more procs are no faster */
    PARALLELISM_UNKNOWN           /* one CPU, a busy machine, or too few copies to see it */
};

struct classification {
    enum bound bound;
    enum concurrency concurrency;
    enum parallelism parallelism;
};

struct classification classify(const struct classify_figures *figures);

/* The figures and what they mean, for a terminal. show_classified.c */
void classify_show(const char *file, const char *function, const struct classify_figures *figures,
                   FILE *out);

#endif
