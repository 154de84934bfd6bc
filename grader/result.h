/* result.h - the one result model: what a grading found. Every report is made from it.
 *
 * Ownership: a result owns its strings; result_release() frees the contents. */
#ifndef BARISTA_RESULT_H
#define BARISTA_RESULT_H

#include "lesson.h"
#include "sandbox.h"
#include "verdict.h"

/* Exit statuses of the barista program. */
enum barista_exit {
    BARISTA_PASS = 0,  /* every check passes or is inconclusive */
    BARISTA_FAIL = 1,  /* the submission falls short */
    BARISTA_USAGE = 2, /* wrong usage, or a lesson file is wrong */
    BARISTA_INFRA = 3  /* the infrastructure failed: never the student's fault */
};

enum status { STATUS_PASS, STATUS_FAIL, STATUS_INCONCLUSIVE, STATUS_SKIPPED, STATUS_ERROR };

/* Every reason code, in one place: X(NAME, "code", "what it means, in the student's words"). The
 * codes are part of the JSON format and of the decoys' file names: never rename one. */
#define REASONS(X)                                                                                 \
    X(NONE, "", "")                                                                                \
    X(BUILD_ERROR, "build_error", "the submission does not compile or link")                       \
    X(FORBIDDEN_SYMBOL, "forbidden_symbol", "the submission defines what it must not")             \
    X(WRONG_ANSWER, "wrong_answer", "the answer differs from the expected one")                    \
    X(CRASH, "crash", "the program died")                                                          \
    X(MISUSE, "misuse", "the program used the runtime wrongly")                                    \
    X(STACK_OVERFLOW, "stack_overflow", "a task overflowed its stack")                             \
    X(TIMEOUT, "timeout", "the program did not finish in time")                                    \
    X(OUTPUT_LIMIT, "output_limit", "the program printed too much")                                \
    X(MEMORY_LIMIT, "memory_limit", "the program needed too much memory")                          \
    X(THREAD_LIMIT, "thread_limit", "the program started too many threads")                        \
    X(DEADLOCK, "deadlock", "all tasks were asleep, waiting for each other")                       \
    X(LEAK, "leak", "tasks were still blocked when the program ended")                             \
    X(UNBOUNDED_TASKS, "unbounded_tasks", "more tasks at once than the exercise allows")           \
    X(RACE, "race", "two tasks use the same memory, and nothing orders the two")                   \
    X(LOST_WAKE_UP, "lost_wake_up", "a task missed the wake-up that it waits for")                 \
    X(LOCK_ORDER, "lock_order", "locks are taken in orders that can end in a deadlock")            \
    X(SCHEDULE_DEPENDENT, "schedule_dependent", "the answer depends on who is faster")             \
    X(NOT_OVERLAPPED, "not_overlapped", "the waits do not overlap")                                \
    X(NOT_PARALLEL, "not_parallel", "more procs do not make it faster")                            \
    X(TOO_SLOW_SERIAL, "too_slow_serial", "on one proc it is much slower than plain code")         \
    X(NEEDS, "needs", "a check that it builds on did not pass")                                    \
    X(ONE_CPU, "one_cpu", "too few CPUs may be used here to see whether it runs in parallel")      \
    X(NOISY_MACHINE, "noisy_machine", "the machine was too busy to tell")                          \
    X(BORDERLINE, "borderline", "the shape lies too near the thresholds to tell")                  \
    X(INFRASTRUCTURE, "infrastructure", "the grader or the machine failed, not the submission")

enum reason {
#define REASON_ENUM(name, code, text) REASON_##name,
    REASONS(REASON_ENUM)
#undef REASON_ENUM
};

const char *reason_code(enum reason reason); /* "wrong_answer"; "" for REASON_NONE */
const char *reason_text(enum reason reason);
const char *status_name(enum status status); /* "pass", "fail", ... */

/* Where two answers part: the first line that differs. */
struct difference {
    int line;       /* 1-based; 0: the answers are the same */
    char *expected; /* owned; that line of the oracle's answer; NULL: it has ended before */
    char *actual;   /* owned; of the submission's. Both are fit to print, cut where they differ */
    int matching;   /* how many of the other lines are the same in both */
};

void difference_release(struct difference *difference);

/* What one check found. The first line of its message says in brief what happened; further
 * lines, if any, what it means and what to do next. Lines that start with four spaces are to be
 * shown as they are, others may be wrapped. */
struct check_result {
    const struct check *check; /* borrowed from the lesson */
    enum status status;
    enum reason reason;
    double points;  /* inconclusive and infrastructure errors keep all points */
    char *message;  /* owned; or NULL; see above */
    char *file;     /* owned; the student's file that the message is about; or NULL */
    int line;       /* 0: unknown */
    double seconds; /* how long the check took */

    /* A failed shape, if its cause was found: its code in why.h, and its place, "solution.c:31". */
    const char *cause;
    char *cause_at; /* owned; or NULL */

    /* Where an answer check stopped: which run it was; seed and procs reproduce it. */
    uint64_t seed;
    int procs;
    struct difference difference; /* REASON_WRONG_ANSWER only */

    /* Shape checks only; rounds_count is 0 when nothing was measured. */
    struct evidence evidence;
    struct shape_verdict shape;
};

struct result {
    const struct lesson *lesson; /* borrowed */
    enum status verdict;         /* pass, fail, inconclusive or error */
    double score, max_score;
    struct check_result *checks; /* owned; as many as the lesson has, in its order */
    size_t checks_count;
    int procs;          /* N: the most procs used */
    char *submission;   /* owned; the path as the user gave it */
    char *student_file; /* owned; the file to edit, for "edit:" */
    char sha256[65];    /* of the submission's student files, in the lesson's order */
    char *printed;      /* owned; the start of what the program printed on stdout, or NULL */
    uint64_t seed;      /* of this grading: all others derive from it */
    char *cpu_model;    /* owned; of this machine */
    int cpus;           /* how many CPUs the grader may use */

    const struct sandbox *sandbox; /* borrowed; in which the submission was built and run */
    bool official;                 /* a grade, and not a student's check of their own */
};

/* A result for this lesson, in which every check is still to be done (skipped, no points). */
struct result result_new(const struct lesson *lesson);

/* Settles a check: its status, its reason, and the points that go with the status. Passed
 * checks, inconclusive ones and those that the infrastructure failed have all their points: only
 * a submission that falls short loses any. Takes the ownership of `message`. */
void check_settle(struct check_result *check, enum status status, enum reason reason,
                  char *message);

/* Adds up the score and draws the verdict from the checks: error before fail, fail before
 * inconclusive. */
void result_conclude(struct result *result);

/* The exit status of the barista program that goes with the verdict. */
enum barista_exit result_exit(const struct result *result);

void result_release(struct result *result);

#endif
