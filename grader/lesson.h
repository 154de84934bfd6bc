/* lesson.h - a lesson as its lesson.yaml describes it, read and validated.
 *
 * The format is documented for instructors in lessons/README.md. A struct lesson that lesson_load
 * returned has passed every rule, so no other file of the grader checks them again.
 *
 * Ownership: a lesson owns all it points to; lesson_free() releases it. Paths are relative to the
 * project's root, which is the working directory of the barista program. */
#ifndef BARISTA_LESSON_H
#define BARISTA_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "text.h"

struct mistakes;

/* "0.75N" or "1.3": a number, or a multiple of the number of procs. */
struct threshold {
    double value;
    bool times_procs;
};

/* What a threshold means at N procs. */
double threshold_at(struct threshold threshold, int procs);

/* At or above `pass` is good, at or below `fail` is bad, the dead zone lies between. */
struct bounds {
    bool set;                    /* false: the lesson does not ask for this axis */
    struct threshold pass, fail; /* both multiples of N or both plain; pass >= fail */
};

/* One value that the harness can ask for by name. */
struct input {
    char *name;
    int64_t value;
};

struct input_list {
    struct input *items;
    size_t count;
};

enum check_kind { CHECK_BUILD, CHECK_ANSWER, CHECK_SCHEDULES, CHECK_SHAPE };

/* parallel: CPU-bound, the speedup is near N. overlap: I/O-bound, the waits overlap on one proc. */
enum shape { SHAPE_PARALLEL, SHAPE_OVERLAP };

struct check {
    char *id; /* unique in the lesson */
    enum check_kind kind;
    double points;
    char *needs; /* id of an earlier check that must pass first, or NULL; all need the build */
    int line;    /* in lesson.yaml */

    /* all but build */
    struct input_list input;

    /* answer: how many fresh seeds, each run at procs=1 and procs=N */
    int seeds;

    /* schedules: how many to try */
    int schedules;

    /* shape */
    enum shape shape;
    struct bounds overlap; /* T_sequential / T_1 */
    struct bounds speedup; /* T_1 / T_N */
};

struct limits {
    int wall_s;    /* one run, from the start of the process to its end */
    int cpu_s;     /* one run, all threads together */
    int memory_mb; /* address space that the program may fill */
    int output_kb; /* standard output and standard error together */
};

struct lesson {
    char *path; /* lessons/03-worker-pool/lesson.yaml */
    char *id;   /* 03-worker-pool: its folder in lessons/, exercises/ and tests/submissions/ */
    char *title;
    struct strings concepts;
    struct strings requires; /* ids of lessons to do before */
    int minutes;
    struct strings student;  /* files that the student completes, in exercises/<id>/ */
    struct strings readonly; /* headers that the student reads, there too */
    bool loopback;           /* its programs use sockets, on a network of their own */
    struct strings flags;    /* further flags for the compiler */
    struct limits limits;
    char *costs; /* for virtual time, as RT_SIM_COSTS takes them; NULL: it can't be simulated */
    struct strings hints; /* exactly three levels, from a nudge to nearly the answer */
    struct check *checks; /* the first, and no other, is the build */
    size_t checks_count;
    double max_points; /* sum of the checks' points; always 100 */
};

/* Reads lessons/<id>/lesson.yaml, and makes sure that the files it names exist. Prints every
 * mistake on `errors` as `file:line:column: what is wrong, and what is allowed`, all of them in one
 * pass, in the order of the lines. Returns the lesson, or NULL if there was a mistake. */
struct lesson *lesson_load(const char *id, FILE *errors);

/* As lesson_load, but adds the mistakes to a list, for callers that count them or know of more. */
struct lesson *lesson_read(const char *id, struct mistakes *mistakes);

/* As lesson_read, of a text in memory: any bytes at all, at most DOCUMENT_BYTES_MAX. */
struct lesson *lesson_parse(const char *id, const char *text, size_t length,
                            struct mistakes *mistakes);

/* Releases a lesson; NULL is ignored. */
void lesson_free(struct lesson *lesson);

/* A check of the lesson that has an input: the one called `id`; without an id the first of this
 * kind, and if there is none, the first about answers. NULL: there is none. */
const struct check *lesson_check(const struct lesson *lesson, enum check_kind kind, const char *id);

/* Whether `text` has the form of a lesson's id: two digits, a hyphen, and a topic of lower-case
 * letters, digits and hyphens. */
bool lesson_id_valid(const char *text);

/* The ids of all lessons (folders NN-topic under lessons/), sorted; the caller releases them. */
struct strings lesson_ids(void);

/* Whether there are any; false after a message that says where to go. */
bool lessons_are_here(const struct strings *ids, FILE *errors);

/* The id of the lesson that the user means: a number ("3", "03") or the whole name. Returns an
 * owned string; NULL if there is none, after a message on `errors` that lists the lessons. */
char *lesson_find(const char *wanted, FILE *errors);

#endif
