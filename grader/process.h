/* process.h - starts other programs, and sees to it that none of them outlives its use.
 *
 * Everything that the grader does not trust - compilers that read a student's file, and the
 * programs that they make - is started by process_start and ended by process_end, in a sandbox
 * (sandbox.h): there is no other way. */
#ifndef BARISTA_PROCESS_H
#define BARISTA_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "cell.h"
#include "cpus.h"
#include "sandbox.h"

/* Descriptors 0 to 4 of the new program are set up, and 5 if wanted; it has no others. */
#define PROCESS_DESCRIPTORS 5

/* What to start, and under which limits. A limit of 0 is none. */
struct process_plan {
    const struct sandbox *sandbox; /* never NULL; sandbox_none() is the least */
    enum purpose purpose;
    const struct view
        *view; /* what it sees of the file system; NULL: nothing, or without layers all */
    const char *directory;                /* where it starts, in a sandbox; NULL: where we are */
    char *const *argv;                    /* argv[0] is looked up in PATH unless it has a slash */
    char *const *environment;             /* the whole of it */
    int descriptors[PROCESS_DESCRIPTORS]; /* ours that become its 0 to 4; -1: /dev/null */
    int extra;                            /* ours that becomes its 5; 0: it has no 5 */
    const struct cpus *cpus; /* it may run on the first cpus_count of these; NULL: on all of ours */
    int cpus_count;
    int cpu_s;              /* CPU time of all its threads together: SIGXCPU, then SIGKILL */
    uint64_t address_bytes; /* address space */
    uint64_t file_bytes;    /* the largest file that it may write */
};

/* A program that was started and not yet ended. */
struct process {
    struct cell cell;
    pid_t program_pid; /* 0 where it can't be told */
    int exited;        /* a descriptor that becomes readable when the program exits */
};

/* Starts a program in its sandbox, in a session that is not the grader's. Returns once it runs;
 * false after a message on `errors` if it, or any layer of its sandbox, could not be started: then
 * there is nothing to end. */
bool process_start(const struct process_plan *plan, struct process *process, FILE *errors);

/* Kills what is left of the program and of its sandbox, and waits for it. Returns the status of the
 * program, as wait() gives it; `usage` may be NULL. */
int process_end(struct process *process, struct rusage *usage);

/* Kills and reaps what ended programs left behind outside their process groups: processes that
 * made themselves a session of their own, and have lost their parents. Only to be called while
 * no program runs: it ends all children of this process but the cells that wait. */
void process_end_orphans(void);

#endif
