/* allowance.c - the limits that we were started under (ulimit, a batch system, a container).
 *
 * They hold for the compilers and programs that we start, too. One that meets such a limit fails in
 * a way that looks like the submission's own fault: a thread that can't be made, memory that is not
 * there. So a place with too low a limit is refused before anything runs. A soft limit that is too
 * low is raised as far as the hard one lets us; a hard one was meant, and is respected. */
#include "allowance.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#define MIB ((rlim_t)1 << 20)

/* How much a grading needs. The largest exercise comes near none of these; each is about twice what
 * its solution and its compilation were seen to take, rounded up. */
static const struct need {
    int resource;
    rlim_t least;
    rlim_t unit;
    const char *what;
    char letter; /* of the shell's ulimit */
} needs[] = {
    {RLIMIT_NOFILE, 256, 1, "open files", 'n'},
    {RLIMIT_NPROC, 256, 1, "processes and threads", 'u'},
    {RLIMIT_CPU, 120, 1, "seconds of CPU time", 't'},
    {RLIMIT_AS, 4096 * MIB, MIB, "MiB of address space", 'v'},
    {RLIMIT_DATA, 4096 * MIB, MIB, "MiB of data", 'd'},
    {RLIMIT_FSIZE, 64 * MIB, MIB, "MiB in a file", 'f'},
    {RLIMIT_STACK, 4 * MIB, MIB, "MiB of stack", 's'},
};

/* Whether there is as much of it; false with errno set, or 0. */
static bool is_met(const struct need *need, struct rlimit *limit)
{
    errno = 0;
    if (getrlimit(need->resource, limit) < 0)
        return false;
    if (limit->rlim_cur >= need->least) /* RLIM_INFINITY is the largest number */
        return true;
    if (limit->rlim_max < need->least)
        return false;
    limit->rlim_cur = need->least;
    return setrlimit(need->resource, limit) == 0;
}

bool allowance_suffices(FILE *errors)
{
    for (const struct need *need = needs; need < needs + sizeof needs / sizeof *needs; need++) {
        struct rlimit limit;
        if (is_met(need, &limit))
            continue;
        fprintf(errors,
                "barista: grading needs %llu %s, and only %llu are allowed here (ulimit -%c)%s%s\n",
                (unsigned long long)(need->least / need->unit), need->what,
                (unsigned long long)(limit.rlim_max / need->unit), need->letter, errno ? ": " : "",
                errno ? strerror(errno) : "");
        return false;
    }
    return true;
}
