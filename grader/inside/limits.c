/* limits.c - resource limits (setrlimit) and CPU affinity.
 *
 * Set by the program's own process before it is the program, so that the stub is under none of
 * them. */
#include "limits.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* As many as most systems let a program have. Each may be a socket with half a MiB in the kernel,
 * which counts for no process. */
#define DESCRIPTORS_MOST 1024

static bool limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit now, wanted = {.rlim_cur = soft, .rlim_max = hard};

    /* Where we are under a stricter limit ourselves, that one stays. */
    if (getrlimit(resource, &now) < 0)
        return false;
    if (wanted.rlim_max > now.rlim_max)
        wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    return setrlimit(resource, &wanted) == 0;
}

bool limits_set(const struct order *order)
{
    bool ok = limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, DESCRIPTORS_MOST, DESCRIPTORS_MOST);

    for (char *const *word = order->words; *word && ok; word++) {
        const char *seconds = order_value(*word, INSIDE_CPU_SECONDS);
        const char *address = order_value(*word, INSIDE_ADDRESS);
        const char *file = order_value(*word, INSIDE_FILE);
        const char *text = seconds ? seconds : address ? address : file;
        uint64_t value = text ? strtoull(text, NULL, 10) : 0;

        if (seconds) /* first a signal that says what it is, then the one that nothing catches */
            ok = limit(RLIMIT_CPU, value, value + 1);
        else if (address)
            ok = limit(RLIMIT_AS, value, value);
        else if (file)
            ok = limit(RLIMIT_FSIZE, value, value);
    }
    return ok;
}

static bool pin(const char *list)
{
    cpu_set_t sets[8192 / CPU_SETSIZE]; /* 8192 CPUs are the most that Linux supports */

    memset(sets, 0, sizeof sets);
    while (*list) {
        char *rest;
        CPU_SET_S(strtoul(list, &rest, 10), sizeof sets, sets);
        list = *rest ? rest + 1 : rest;
    }
    return sched_setaffinity(0, sizeof sets, sets) == 0;
}

bool limits_pin(const struct order *order)
{
    for (char *const *word = order->words; *word; word++) {
        const char *list = order_value(*word, INSIDE_CPUS);
        if (list && !pin(list))
            return false;
    }
    return true;
}
