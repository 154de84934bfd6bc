/* machine.c - reads the kernel's counters of disturbances: /proc/stat and the control group's
 * cpu.stat.
 *
 * Steal time is time in which a CPU of this virtual machine had work but the hypervisor ran
 * something else. Throttled periods are those in which a container used up its quota and was
 * stopped until the next one. Neither is visible in a program's own times, and either spoils a
 * measurement. */
#include "machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static FILE *open_below(const char *root, const char *path)
{
    char *full = string_format("%s%s", root, path);
    FILE *file = fopen(full, "r");
    free(full);
    return file;
}

static bool holds_cpu(const struct cpus *cpus, int id)
{
    for (int i = 0; i < cpus->count; i++)
        if (cpus->ids[i] == id)
            return true;
    return false;
}

/* A line is `cpu0 user nice system idle iowait irq softirq steal guest guest_nice`; the guest's
 * time is already counted in user and nice. */
static void add_cpu_line(const char *line, const struct cpus *cpus, struct machine_sample *sample)
{
    int id;
    uint64_t t[8] = {0};
    if (sscanf(line,
               "cpu%d %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
               " %" SCNu64 " %" SCNu64,
               &id, &t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7]) < 5)
        return;
    if (!holds_cpu(cpus, id))
        return;
    for (int i = 0; i < 8; i++)
        sample->ticks += t[i];
    sample->stolen += t[7];
}

static void read_steal(const char *root, const struct cpus *cpus, struct machine_sample *sample)
{
    FILE *file = open_below(root, "/proc/stat");
    if (!file)
        return;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0)
        add_cpu_line(line, cpus, sample);
    free(line);
    fclose(file);
}

/* The count of throttled periods of one control group; false if it has no cpu.stat. */
static bool read_throttled(const char *root, const char *group, uint64_t *throttled)
{
    char *path = string_format("%s/cpu.stat", group);
    FILE *file = open_below(root, path);
    free(path);
    if (!file)
        return false;
    char *line = NULL;
    size_t size = 0;
    uint64_t count;
    while (getline(&line, &size, file) > 0)
        if (sscanf(line, "nr_throttled %" SCNu64, &count) == 1)
            *throttled += count;
    free(line);
    fclose(file);
    return true;
}

/* Adds up a group and all groups above it: the quota may be set on any of them. */
static void read_groups(const char *root, const char *mount, const char *group, uint64_t *throttled)
{
    char *path = string_format("%s%s", mount, group);
    size_t mount_length = strlen(mount);
    for (;;) {
        read_throttled(root, path, throttled);
        char *slash = strrchr(path, '/');
        if (!slash || (size_t)(slash - path) < mount_length)
            break;
        *slash = '\0';
    }
    free(path);
}

/* A line of /proc/self/cgroup is `0::/path` (version 2) or `4:cpu,cpuacct:/path` (version 1). */
static void read_throttled_line(const char *root, char *line, uint64_t *throttled)
{
    line[strcspn(line, "\n")] = '\0';
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group)
        return;
    *group++ = '\0';
    controllers++;
    if (strcmp(group, "/") == 0)
        group = ""; /* the mount point itself */
    if (*controllers == '\0') {
        read_groups(root, "/sys/fs/cgroup", group, throttled);
    } else if (strcmp(controllers, "cpu") == 0 || strstr(controllers, "cpu,") ||
               strstr(controllers, ",cpu")) {
        read_groups(root, "/sys/fs/cgroup/cpu", group, throttled);
    }
}

static uint64_t count_throttled(const char *root)
{
    FILE *file = open_below(root, "/proc/self/cgroup");
    if (!file)
        return 0;
    uint64_t throttled = 0;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0)
        read_throttled_line(root, line, &throttled);
    free(line);
    fclose(file);
    return throttled;
}

struct machine_sample machine_sample_take(const char *root, const struct cpus *cpus)
{
    struct machine_sample sample = {.throttled = count_throttled(root)};
    read_steal(root, cpus, &sample);
    return sample;
}

double machine_steal(const struct machine_sample *before, const struct machine_sample *after)
{
    if (after->ticks <= before->ticks || after->stolen <= before->stolen)
        return 0;
    return (double)(after->stolen - before->stolen) / (double)(after->ticks - before->ticks);
}

bool machine_throttled(const struct machine_sample *before, const struct machine_sample *after)
{
    return after->throttled > before->throttled;
}

char *machine_cpu_model(const char *root)
{
    static const char key[] = "model name";
    char *model = NULL, *line = NULL;
    size_t size = 0;
    FILE *file = open_below(root, "/proc/cpuinfo");
    while (file && !model && getline(&line, &size, file) > 0) {
        char *value = strchr(line, ':');
        if (value && strncmp(line, key, sizeof key - 1) == 0) {
            line[strcspn(line, "\n")] = '\0';
            model = string_copy(value + 1 + strspn(value + 1, " "));
        }
    }
    free(line);
    if (file)
        fclose(file);
    return model ? model : string_copy("unknown"); /* aarch64 has no such line */
}

/* How many siblings of this CPU come before it: "0,4" and "0-1" both name the first one first. */
static int sibling_rank(const char *root, int id)
{
    char *path = string_format("/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", id);
    FILE *file = open_below(root, path);
    free(path);
    if (!file)
        return 0;
    int rank = 0, low, high;
    while (fscanf(file, "%d", &low) == 1) {
        int separator = fgetc(file);
        high = low;
        if (separator == '-' && fscanf(file, "%d", &high) == 1)
            separator = fgetc(file);
        for (int sibling = low; sibling <= high && sibling < id; sibling++)
            rank++;
        if (separator != ',')
            break;
    }
    fclose(file);
    return rank;
}

void machine_spread_over_cores(const char *root, struct cpus *cpus)
{
    struct cpus sorted = {.count = 0};
    for (int rank = 0; sorted.count < cpus->count; rank++)
        for (int i = 0; i < cpus->count; i++)
            if (sibling_rank(root, cpus->ids[i]) == rank)
                sorted.ids[sorted.count++] = cpus->ids[i];
    *cpus = sorted;
}
