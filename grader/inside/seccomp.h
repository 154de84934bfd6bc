/* seccomp.h - which system calls a process may make from now on. */
#ifndef BARISTA_INSIDE_SECCOMP_H
#define BARISTA_INSIDE_SECCOMP_H

#include "purpose.h"

/* Allows this thread, and what it starts, no more than the system calls for one purpose. To be
 * called last, when only exec is left to do. Returns 0 or an errno. */
int seccomp_enter(enum purpose purpose);

#endif
