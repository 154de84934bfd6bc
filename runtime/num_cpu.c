/* num_cpu.c - how many CPUs this process may use: affinity, cut down to the control group's quota.
 *
 * A container with a quota of half a CPU still shows all CPUs of the machine; running a proc on
 * each would only make the kernel stop them all for most of each period. Go 1.25 does the same. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "rt.h"

/* CPUs in the affinity mask, for machines with up to 8192. */
static int affinity_count(void)
{
    enum { CPUS_MAX = 8192 };
    unsigned char storage[CPUS_MAX / 8] __attribute__((aligned(sizeof(long)))) = {0};
    cpu_set_t *set = (cpu_set_t *)(void *)storage;
    if (sched_getaffinity(0, sizeof storage, set) != 0) {
        return 1;
    }
    int count = CPU_COUNT_S(sizeof storage, set);
    return count > 0 ? count : 1;
}

/* The CPUs that a quota file allows, rounded up; `most` if it sets no limit or doesn't exist. */
static int quota_count(const char *path, int most)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return most;
    }
    long quota = 0, period = 0; /* microseconds; "max 100000" reads as no number */
    int fields = fscanf(file, "%ld %ld", &quota, &period);
    fclose(file);
    if (fields != 2 || quota <= 0 || period <= 0) {
        return most;
    }
    long cpus = (quota + period - 1) / period;
    return cpus < most ? (int)cpus : most;
}

/* Every group from ours up to the root may set a quota; the smallest holds (cgroup v2). */
static int cgroup_count(int most)
{
    char line[4096], path[4200];
    FILE *file = fopen("/proc/self/cgroup", "re");
    if (file == NULL) {
        return most;
    }
    bool found = false;
    while (!found && fgets(line, sizeof line, file) != NULL) {
        found = strncmp(line, "0::/", 4) == 0;
    }
    fclose(file);
    if (!found) {
        return most;
    }
    line[strcspn(line, "\n")] = '\0';
    for (char *group = line + 3; *group != '\0'; *strrchr(group, '/') = '\0') {
        snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", group);
        most = quota_count(path, most);
    }
    return most;
}

int rt_num_cpu(void)
{
    return cgroup_count(affinity_count());
}
