/* cgroup.h - a control group for the programs of one grading, with a limit of memory and of
 * threads. */
#ifndef BARISTA_CGROUP_H
#define BARISTA_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

/* In version 1 of control groups, each controller has a tree of its own; in version 2 all share
 * one. */
#define CGROUP_FOLDERS 2

/* A zero value is no group. */
struct cgroup {
    char *name;                    /* owned; of the group, below whatever it is in */
    char *folders[CGROUP_FOLDERS]; /* owned */
    int members[CGROUP_FOLDERS];   /* open files; who writes "0" there joins the group */
    int count;
};

struct cgroup_limits {
    uint64_t memory_bytes;
    int threads;
};

/* Makes a group below the one that this process is in, or beside it, wherever that is allowed.
 * `root` is "" but for tests. On failure returns false, and *why says what was missing (owned). */
bool cgroup_new(const char *root, const struct cgroup_limits *limits, struct cgroup *cgroup,
                char **why);

/* Kills what is in the group, and removes it. */
void cgroup_free(struct cgroup *cgroup);

/* Has the calling process join. Async-signal-safe. False with errno set. */
bool cgroup_join(const struct cgroup *cgroup);

#endif
