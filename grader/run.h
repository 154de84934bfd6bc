/* run.h - runs a built program once, under limits, and tells apart how it ended.
 *
 * The grader keeps the clock, sends the input when the program says that it is ready, and believes
 * nothing but the answer: what is printed, and the exit status, can only make a result worse. */
#ifndef BARISTA_RUN_H
#define BARISTA_RUN_H

#include <sys/types.h>

#include "lesson.h"
#include "result.h"

/* The CPUs that this process may use: its affinity mask, in order, cut down to the CPU quota of its
 * control group. */
struct cpus {
    int ids[256];
    int count;
};

struct cpus cpus_allowed(void);

struct run_request {
    const char *program;
    const struct input_list *input;
    const struct limits *limits;
    uint64_t seed;
    int procs;               /* RT_PROCS; the process is pinned to as many CPUs, the first of `cpus` */
    const struct cpus *cpus;
    bool leaks;              /* have the runtime report tasks that never ended */
};

struct run {
    enum reason reason;  /* REASON_NONE: it answered and ended well */
    char *answer;        /* owned; the whole answer, or NULL */
    size_t answer_bytes;
    double seconds;      /* from sending the input to receiving the whole answer */
    double cpu_seconds;  /* user and system time of all its threads */
    char *printed;       /* owned; standard output, cut at 64 KiB; control bytes made visible (\xNN) */
    char *report;        /* owned; standard error, the same way: the runtime's reports are here */
    int signal;          /* that killed it, or 0 */
    int exit_status;
};

/* Runs it once and reaps everything. Returns false, after a message on `errors`, only when the
 * infrastructure failed (no process, no pipe). */
bool run_program(const struct run_request *request, struct run *run, FILE *errors);
void run_release(struct run *run);

#endif
