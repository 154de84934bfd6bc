/* main.c - runs one program as the main task and prints what it returned, how long it took by the
 * runtime's clock, real or virtual, and how much CPU time that took:
 *
 *     RT_PROCS=2 build/simulate/real/amdahl_quarter [PERCENT]
 *     check=9f32c8d1 ns=301442120 cpu_ns=598113400 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "program.h"

static int percent = 100;

/* Of all threads of the process. */
static int64_t cpu_ns(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    int64_t seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
    int64_t us = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return seconds * RT_SECOND + us * RT_US;
}

static void timed(void *arg)
{
    (void)arg;
    int64_t cpu_begun_ns = cpu_ns(), begun_ns = rt_now();
    uint64_t check = program(percent);
    int64_t took_ns = rt_now() - begun_ns, cpu_took_ns = cpu_ns() - cpu_begun_ns;
    printf("check=%" PRIx64 " ns=%" PRId64 " cpu_ns=%" PRId64 "\n", check, took_ns, cpu_took_ns);
}

int main(int argc, char **argv)
{
    if (argc == 2) {
        percent = atoi(argv[1]);
    }
    if (argc > 2 || percent < 1 || percent > 100) {
        fprintf(stderr, "usage: %s [PERCENT, 1 to 100]\n", argv[0]);
        return 2;
    }
    int error = rt_run(timed, NULL);
    if (error != RT_OK) {
        fprintf(stderr, "%s: %s\n", argv[0], rt_strerror(error));
        return 1;
    }
    return 0;
}
