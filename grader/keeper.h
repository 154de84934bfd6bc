/* keeper.h - the outermost process of a cell, which outlives no grader and leaves nobody behind.
 *
 * The kernel can kill a process when its parent dies (PR_SET_PDEATHSIG), but each process has to
 * ask for that itself, and bubblewrap's inner process asks late: it first waits for a word of the
 * outer one, on a descriptor that no death closes. If the outer one dies before the word, the inner
 * one waits for ever. So nobody but its own parent is left to the kernel: a keeper stays outside of
 * the sandbox, sees by the control socket that the grader is gone, and kills all in the cell. They
 * are one process group, which the kernel kills as a whole: a process that is just being made gets
 * the signal, too, or is not made. */
#ifndef BARISTA_KEEPER_H
#define BARISTA_KEEPER_H

#include "cgroup.h"

/* Makes the calling process, a new child of the grader, the keeper of a cell, and executes the
 * command in a child of its own, in the control group (NULL: none). That finds nothing at 0 and 1,
 * a copy of `complaints` at 2, and one of `control` at INSIDE_CONTROL. What can't be set up is told
 * there (INSIDE_FAILED), and nothing is executed. Only async-signal-safe calls. */
_Noreturn void keeper_run(char *const *command, const struct cgroup *cgroup, int control,
                          int complaints);

#endif
