/* condition.c - loads this machine, or takes CPUs away from ourselves. */
#include "condition.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Bursts and the pauses between them, in milliseconds: as of a browser or a compiler, not of a
 * batch of work that goes on all the time. */
#define BURST_MS 80
#define PAUSE_MS 240

#define BURNERS_MOST 64

/* Where the groups of versions 1 and 2 are. */
#define GROUPS_V1 "/sys/fs/cgroup/cpu"
#define GROUPS_V2 "/sys/fs/cgroup"

static pid_t burners[BURNERS_MOST];
static int burners_count;
static char group[128], group_before[512];

static const struct {
    const char *name, *what;
} texts[] = {
#define CONDITION_TEXTS(name, text, what) {text, what},
    CONDITIONS(CONDITION_TEXTS)
#undef CONDITION_TEXTS
};

const char *condition_name(enum condition condition)
{
    return texts[condition].name;
}

const char *condition_what(enum condition condition)
{
    return texts[condition].what;
}

/* ---- Other programs -------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* xorshift32; 1 to twice the mean. */
static int some(uint32_t *random, int mean)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return 1 + (int)(*random % (2 * (uint32_t)mean));
}

static _Noreturn void burn(uint32_t random)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        int64_t end_ms = now_ms() + some(&random, BURST_MS);
        while (now_ms() < end_ms) {
        }
        struct timespec pause = {.tv_nsec = some(&random, PAUSE_MS) * 1000000L};
        if (pause.tv_nsec >= 1000000000L)
            pause.tv_nsec = 999999999L;
        nanosleep(&pause, NULL);
    }
}

static bool begin_bursts(void)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    for (burners_count = 0; burners_count < cpus && burners_count < BURNERS_MOST; burners_count++) {
        pid_t child = fork();
        if (child == 0)
            burn(2463534242U + 977U * (uint32_t)burners_count);
        if (child < 0) {
            perror("fork");
            condition_end(CONDITION_BURSTS);
            return false;
        }
        burners[burners_count] = child;
    }
    return true;
}

static void end_bursts(void)
{
    for (int i = 0; i < burners_count; i++) {
        kill(burners[i], SIGKILL);
        waitpid(burners[i], NULL, 0);
    }
    burners_count = 0;
}

/* ---- Fewer CPUs ------------------------------------------------------------------------------ */

/* Of the CPUs that may be used, the one whose turn it is. */
static bool begin_one_cpu(int worker)
{
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return false;
    int turn = worker % CPU_COUNT(&allowed);
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, &allowed) && turn-- == 0)
            CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

static bool write_file(const char *folder, const char *name, const char *text)
{
    char path[640];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    bool ok = file && fputs(text, file) >= 0;
    if (file && fclose(file) != 0)
        ok = false;
    return ok;
}

static bool join_group(const char *folder)
{
    char pid[32];
    snprintf(pid, sizeof pid, "%d\n", (int)getpid());
    return write_file(folder, "cgroup.procs", pid);
}

/* Where this process is now, to be put back there: the line of the controller `cpu`, or of version
 * 2. */
static void remember_group(const char *root, const char *controller)
{
    char line[512];
    FILE *file = fopen("/proc/self/cgroup", "re");
    snprintf(group_before, sizeof group_before, "%s", root);
    while (file && fgets(line, sizeof line, file)) {
        char *path = strrchr(line, ':');
        line[strcspn(line, "\n")] = '\0';
        if (strstr(line, controller) && path && strcmp(path, ":/") != 0)
            snprintf(group_before, sizeof group_before, "%s%s", root, path + 1);
    }
    if (file)
        fclose(file);
}

/* A group of this process's own: several can be graded at once. */
static bool make_group(const char *root)
{
    snprintf(group, sizeof group, "%s/barista-verdicts-%d", root, (int)getpid());
    return mkdir(group, 0755) == 0 || errno == EEXIST;
}

static bool begin_quota(void)
{
    if (make_group(GROUPS_V1)) {
        remember_group(GROUPS_V1, ":cpu");
        return write_file(group, "cpu.cfs_period_us", "100000\n") &&
               write_file(group, "cpu.cfs_quota_us", "50000\n") && join_group(group);
    }
    if (make_group(GROUPS_V2)) {
        remember_group(GROUPS_V2, "0::");
        return write_file(group, "cpu.max", "50000 100000\n") && join_group(group);
    }
    return false;
}

static void end_quota(void)
{
    join_group(group_before);
    rmdir(group);
}

/* ---- All ------------------------------------------------------------------------------------- */

int condition_room(enum condition condition)
{
    bool takes_cpus_away = condition == CONDITION_ONE_CPU || condition == CONDITION_QUOTA;
    cpu_set_t allowed;
    return takes_cpus_away && sched_getaffinity(0, sizeof allowed, &allowed) == 0
               ? CPU_COUNT(&allowed)
               : 1;
}

bool condition_begin(enum condition condition, int worker)
{
    bool ok = condition == CONDITION_QUIET     ? true
              : condition == CONDITION_BURSTS  ? begin_bursts()
              : condition == CONDITION_ONE_CPU ? begin_one_cpu(worker)
                                               : begin_quota();
    if (!ok) {
        fprintf(stderr, "verdicts: the condition \"%s\" is not to be had here: %s\n",
                condition_name(condition), strerror(errno));
        condition_end(condition);
    }
    return ok;
}

void condition_end(enum condition condition)
{
    if (condition == CONDITION_BURSTS)
        end_bursts();
    else if (condition == CONDITION_QUOTA)
        end_quota();
}
