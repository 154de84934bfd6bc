/* footprint.c - reads /proc/self, /proc/meminfo and the files of limits; see footprint.h. */
#include "footprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define KIB INT64_C(1024)

/* The sum of the first numbers in all lines of a file that begin with `key`. */
static int64_t number_in(const char *path, const char *key)
{
    char line[256];
    int64_t sum = 0;
    FILE *file = fopen(path, "r");

    if (!file)
        return 0;
    while (fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            sum += strtoll(line + strcspn(line, "0123456789"), NULL, 10);
    fclose(file);
    return sum;
}

/* A number that stands alone in a file. No such file, or "max" in it: no limit. */
static int64_t limit_in(const char *path)
{
    long long limit = INT64_MAX;
    FILE *file = fopen(path, "r");

    if (!file)
        return limit;
    if (fscanf(file, "%lld", &limit) != 1)
        limit = INT64_MAX;
    fclose(file);
    return limit;
}

static int64_t lines_in(const char *path)
{
    int64_t lines = 0;
    FILE *file = fopen(path, "r");

    if (!file)
        return 0;
    for (int byte; (byte = getc(file)) != EOF;)
        lines += byte == '\n';
    fclose(file);
    return lines;
}

struct footprint footprint_now(void)
{
    return (struct footprint){
        .filled_bytes = KIB * (number_in("/proc/self/status", "VmRSS:") +
                               number_in("/proc/self/status", "VmPTE:") +
                               number_in("/proc/meminfo", "KernelStack:")),
        .address_bytes = KIB * number_in("/proc/self/status", "VmSize:"),
        .mappings = (double)lines_in("/proc/self/maps"),
    };
}

struct footprint footprint_of(pid_t process)
{
    char rollup[64], status[64], maps[64];

    snprintf(rollup, sizeof rollup, "/proc/%d/smaps_rollup", (int)process);
    snprintf(status, sizeof status, "/proc/%d/status", (int)process);
    snprintf(maps, sizeof maps, "/proc/%d/maps", (int)process);
    return (struct footprint){
        .filled_bytes = KIB * (number_in(rollup, "Private_") + number_in(status, "VmPTE:")),
        .address_bytes = KIB * number_in(status, "VmSize:"),
        .mappings = (double)lines_in(maps),
    };
}

struct footprint footprint_each(struct footprint before, int64_t count)
{
    struct footprint now = footprint_now();

    return (struct footprint){
        .filled_bytes = (now.filled_bytes - before.filled_bytes) / count,
        .address_bytes = (now.address_bytes - before.address_bytes) / count,
        .mappings = (now.mappings - before.mappings) / (double)count,
    };
}

int64_t memory_free_bytes(void)
{
    int64_t machine = KIB * number_in("/proc/meminfo", "MemAvailable:");
    int64_t most = limit_in("/sys/fs/cgroup/memory.max");
    int64_t used = limit_in("/sys/fs/cgroup/memory.current");

    return most - used < machine && most != INT64_MAX ? most - used : machine;
}

int64_t footprint_threads(void)
{
    return number_in("/proc/self/status", "Threads:");
}

/* Takes a limit into account: the lowest one is what counts. */
static void bound(int64_t *room, const char **limit, int64_t most, const char *name)
{
    if (most < *room) {
        *room = most;
        *limit = name;
    }
}

int64_t footprint_room(struct footprint each, bool of_kernel, const char **limit)
{
    int64_t room = INT64_MAX;
    struct rlimit user;

    *limit = "nothing";
    if (each.filled_bytes > 0)
        bound(&room, limit, memory_free_bytes() / each.filled_bytes, "memory");
    if (each.mappings > 0.5)
        bound(&room, limit,
              (int64_t)((double)limit_in("/proc/sys/vm/max_map_count") / each.mappings),
              "max_map_count");
    if (!of_kernel)
        return room;
    bound(&room, limit, limit_in("/proc/sys/kernel/pid_max"), "pid_max");
    bound(&room, limit, limit_in("/proc/sys/kernel/threads-max"), "threads-max");
    bound(&room, limit, limit_in("/sys/fs/cgroup/pids.max"), "pids.max");
    if (getrlimit(RLIMIT_NPROC, &user) == 0 && user.rlim_cur != RLIM_INFINITY)
        bound(&room, limit, (int64_t)user.rlim_cur, "ulimit -u");
    return room;
}
