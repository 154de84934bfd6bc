/* cpus.h - which CPUs the grader may use. */
#ifndef BARISTA_CPUS_H
#define BARISTA_CPUS_H

/* The CPUs that this process may use: its affinity mask, in order, cut down to the CPU quota of its
 * control group (rounded down: with a quota of 1.5 CPUs, two busy procs would be throttled, and the
 * measured speedup would be the quota's), but at least one. */
struct cpus {
    int ids[256];
    int count;
};

struct cpus cpus_allowed(void);

/* How many CPUs' worth of time the control group of this process may use: the least of its own
 * quota and those of the groups around it, in version 1 and version 2 of control groups; 0 when
 * there is no quota. `root` is put before the paths of /proc and /sys: "" but in tests. */
double cpus_quota(const char *root);

#endif
