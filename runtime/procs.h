/* procs.h - how many procs there are, and changing that while tasks run. */
#ifndef RT_PROCS_H
#define RT_PROCS_H

#include <stdbool.h>

struct rt__proc;

/* How many procs may run tasks now. */
int rt__procs_active(void);

/* Whether the proc is above that number: its holder must give it up at the next scheduling
 * point. */
bool rt__proc_must_retire(const struct rt__proc *proc);

/* Gives up a proc that the caller holds: onto the idle list, or into retirement. */
void rt__proc_release(struct rt__proc *proc);

/* Makes the procs of a new run, all idle but number 0, which the caller gets. NULL when out of
 * memory. */
struct rt__proc *rt__procs_start(void);

/* Frees all procs. Nothing runs any more. */
void rt__procs_release(void);

#endif
