/* process.c - what the system says about this process: its clocks and its memory. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench.h"

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t bench_now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t bench_cpu_ns(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

int64_t bench_status_kb(const char *name)
{
    FILE *status = fopen("/proc/self/status", "r");
    if (status == NULL) {
        bench_fail("can't open /proc/self/status");
    }
    char line[128];
    long long kb = -1;
    size_t length = strlen(name);
    while (kb < 0 && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, name, length) == 0 && line[length] == ':') {
            sscanf(line + length + 1, "%lld", &kb);
        }
    }
    fclose(status);
    if (kb < 0) {
        bench_fail("there is no %s in /proc/self/status", name);
    }
    return kb;
}
