/* spent.c - reads the clocks of the process, and what the kernel knows of each thread's patience.
 *
 * The thread that called rt_run stands in no line that counts: it is the monitor, and workers run
 * while it waits for its turn. */
#include "spent.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rt.h"

static int64_t computed_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * RT_SECOND + time.tv_nsec;
}

/* The second of the kernel's three numbers about a thread. */
static int64_t queued_thread_ns(const char *thread)
{
    char path[64];
    long long ran, queued = 0;

    snprintf(path, sizeof path, "/proc/self/task/%.20s/schedstat", thread);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%lld %lld", &ran, &queued) != 2)
        queued = 0;
    fclose(file);
    return queued;
}

static int64_t queued_ns(void)
{
    char monitor[24];
    int64_t sum = 0;
    DIR *threads = opendir("/proc/self/task");

    if (threads == NULL)
        return 0;
    snprintf(monitor, sizeof monitor, "%d", (int)getpid());
    for (struct dirent *thread; (thread = readdir(threads)) != NULL;)
        if (thread->d_name[0] != '.' && strcmp(thread->d_name, monitor) != 0)
            sum += queued_thread_ns(thread->d_name);
    closedir(threads);
    return sum;
}

/* The clock last at the beginning, and first at the end: looking is not part of what is
 * measured. */
struct spent spent_now(void)
{
    struct spent now = {.queued_ns = queued_ns(), .computed_ns = computed_ns()};

    now.clock_ns = rt_now();
    return now;
}

struct spent spent_since(const struct spent *begun)
{
    struct spent passed = {.clock_ns = rt_now() - begun->clock_ns,
                           .computed_ns = computed_ns() - begun->computed_ns};

    passed.queued_ns = queued_ns() - begun->queued_ns;
    return passed;
}
