/* attempt.h - one attack, graded once. */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stdbool.h>
#include <sys/types.h>

#include "text.h"

/* As the attack's first comment says. */
struct attack {
    char *path;            /* owned */
    char *name;            /* owned; the file's, without its folder */
    struct strings expect; /* "pass", "refused", or reasons of a failure: one of them must come */
    bool must_hold;        /* what it tried failed, and it says so */
    char *tiers;           /* owned; letters */
};

/* Where it is graded. */
struct stage {
    const char *course; /* see course.h */
    unsigned user;      /* who grades */
    char tier;
    const struct disturbance *disturbance; /* of the grader; NULL: none */
};

/* What disturbs a grader, for the proof that it fails well (faults.c). */
struct disturbance {
    void (*prepare)(void *context);               /* in the process that becomes the grader */
    void (*accompany)(int grader, void *context); /* meanwhile, here; returns when it has ended */
    void *context;
};

/* Reads what an attack's comment says; false, after a message, if it does not say it. */
bool attack_read(const char *path, struct attack *attack);
void attack_release(struct attack *attack);

/* What came of a grading. */
struct outcome {
    int status;            /* as wait() gives it */
    char *printed;         /* owned; standard output and error */
    struct json_t *result; /* NULL if there is none */
    long memory_kb;        /* the most that the grader itself filled */
    bool late;             /* it had to be ended */
};

/* Has the attack graded, and hands over what came of it. */
struct outcome attempt_grade(const struct attack *attack, const struct stage *stage);
void outcome_release(struct outcome *outcome);

/* The reason of the first check that failed; "pass", "refused", or "" if there is no telling. */
const char *outcome_result(const struct outcome *outcome);

/* Whether a program printed a line that begins with this word. */
bool outcome_printed(const struct outcome *outcome, const char *word);

/* A process that belongs to this course, and its number in *pid (NULL: not wanted): its program,
 * owned; NULL if there is none. */
char *stage_survivor(const struct stage *stage, pid_t *pid);

/* What was left behind by it, processes and files; owned; NULL if nothing was. */
char *stage_remains(const struct stage *stage);

/* Has the attack graded. Returns what was wrong, or NULL; owned. */
char *attempt(const struct attack *attack, const struct stage *stage);

#endif
