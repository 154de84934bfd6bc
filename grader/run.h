/* run.h - runs a built program once, under limits, and tells apart how it ended.
 *
 * The grader keeps the clock, sends the input when the program says that it is ready, and believes
 * nothing but the answer: what is printed, and the exit status, can only make a result worse. */
#ifndef BARISTA_RUN_H
#define BARISTA_RUN_H

#include "cpus.h"
#include "result.h"
#include "sandbox.h"

/* Have a program that was built for it try many schedules (runtime/explore/explore.h). */
struct explore_request {
    uint64_t schedules;
    uint64_t seed;     /* of the strategies */
    const char *again; /* the command that shows a finding again, up to its schedule */
};

struct run_request {
    const struct sandbox *sandbox;
    const char *program;
    const struct input_list *input;
    const struct limits *limits;
    uint64_t seed;
    int procs; /* RT_PROCS; the process is pinned to as many CPUs, the first of `cpus` */
    const struct cpus *cpus;
    bool leaks; /* have the runtime report tasks that never ended */
    const char
        *simulate; /* costs for virtual time (runtime/sim/costs.h), "" for the usual; NULL: real */
    const char
        *without; /* in virtual time: locks that exclude nobody, by where they are first taken,
                          * "file.c:31,..." or "all"; NULL: none */
    bool trace;   /* have the runtime record what tasks do */
    const struct explore_request *explore; /* NULL: one schedule, whichever comes */
    bool trusted; /* the oracle: the only program that can put the blame on the lesson */
};

/* How one run ended. Whatever `reason` is, the other figures hold what is known. */
struct run {
    enum reason reason; /* REASON_NONE: it answered and ended well */
    char *message; /* owned; what happened, as a sentence for the student; NULL if it ended well */
    char *answer;  /* owned; the whole answer, NUL-terminated; NULL if it did not come whole */
    size_t answer_bytes;
    double seconds;     /* from sending the input to receiving the whole answer; 0 without one */
    double cpu_seconds; /* user and system time of all its threads */
    double peak_mb;     /* the most memory it filled */
    char *printed; /* owned; standard output, cut at 64 KiB; control bytes made visible (\xNN) */
    char *report;  /* owned; standard error, the same way: the runtime's reports are here */
    char *figures; /* owned; what a simulated or explored run came to, a line of JSON; NULL: none */
    char *trace;   /* owned; what a traced run recorded (trace.h); NULL if nothing */
    int signal;    /* that killed it, or 0 */
    int exit_status;
};

/* Runs it once and reaps everything that it started. A run that ends with EXERCISE_EXIT_LESSON
 * is REASON_INFRASTRUCTURE if the request says `trusted`, and REASON_CRASH otherwise: a
 * submission could use that status to keep its points. (Where the lesson is really at fault, the
 * oracle says so too.) Returns false, after a message on `errors`, only when the infrastructure
 * failed (no process, no pipe); `run` is empty then. */
bool run_program(const struct run_request *request, struct run *run, FILE *errors);

/* The same for several programs at the same time: false if any could not be started. They take
 * the machine from each other, so this is not for what measures it. */
bool run_programs(const struct run_request *requests, struct run *runs, size_t count, FILE *errors);

void run_release(struct run *run);

#endif
