/* cpus.c - the affinity mask, and the CPU quota of the control groups that this process is in.
 *
 * /proc/self/cgroup names the group in each hierarchy; /proc/self/mountinfo tells where a hierarchy
 * is mounted, and which of its groups the mount shows as its root (in a container that is rarely
 * the real root). A quota holds for a group and all below it, so all groups from ours up to the
 * mount's root count, and the least wins.
 *
 *     version 2:  0::/user.slice/job        cpu.max             "150000 100000" or "max 100000"
 *     version 1:  4:cpu,cpuacct:/job        cpu.cfs_quota_us    "150000" or "-1"
 *                                           cpu.cfs_period_us   "100000"
 * / */
#include "cpus.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Whether `word` is one of the comma-separated words of `list`. */
static bool list_has(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *item = list; item; item = strchr(item, ',')) {
        item += *item == ',';
        if (strncmp(item, word, length) == 0 && (item[length] == ',' || item[length] == '\0'))
            return true;
    }
    return false;
}

/* Where the hierarchy with the cpu controller is mounted, and which of its groups is the mount's
 * root. */
struct mount {
    char *root;
    char *point;
};

/* Finds the mount in the text of mountinfo. A line has, separated by spaces: id, parent, device,
 * root, mount point, options, optional fields, "-", type, source, options of the file system. */
static bool mount_find(char *mountinfo, bool version2, struct mount *mount)
{
    char *rest;

    for (char *line = strtok_r(mountinfo, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *root = NULL, *point = NULL, type[32], options[256];
        char *separator = strstr(line, " - ");

        if (!separator || sscanf(separator, " - %31s %*s %255s", type, options) != 2)
            continue;
        if (strcmp(type, version2 ? "cgroup2" : "cgroup") != 0)
            continue;
        if (!version2 && !list_has(options, "cpu"))
            continue;
        if (sscanf(line, "%*s %*s %*s %ms %ms", &root, &point) == 2) {
            *mount = (struct mount){.root = root, .point = point};
            return true;
        }
        free(root);
    }
    return false;
}

/* The group of this process in the text of /proc/self/cgroup; borrowed from it. */
static const char *group_find(char *cgroup, bool version2)
{
    char *rest;

    for (char *line = strtok_r(cgroup, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;

        if (!group)
            continue;
        *group++ = '\0';
        if (version2 ? controllers[1] == '\0' : list_has(controllers + 1, "cpu"))
            return group;
    }
    return NULL;
}

/* The quota that one group sets itself, in CPUs; 0: none. */
static double group_quota(const char *folder, bool version2)
{
    double quota = -1, period = 100000;
    char *path = string_format("%s/%s", folder, version2 ? "cpu.max" : "cpu.cfs_quota_us");
    char *text = file_read(path, NULL);

    free(path);
    if (text && sscanf(text, "%lf %lf", &quota, &period) < 1) /* "max" is no number */
        quota = -1;
    free(text);
    if (!version2) {
        path = string_format("%s/cpu.cfs_period_us", folder);
        text = file_read(path, NULL);
        if (text)
            sscanf(text, "%lf", &period);
        free(path);
        free(text);
    }
    return quota > 0 && period > 0 ? quota / period : 0;
}

/* The least quota from `group` up to the root of the mount; 0: none. */
static double mount_quota(const char *prefix, const struct mount *mount, const char *group,
                          bool version2)
{
    size_t root_length = strcmp(mount->root, "/") == 0 ? 0 : strlen(mount->root);
    double least = 0;

    /* Below the mount's root, the group's path counts from there. A group outside of what is
     * mounted can't be looked at; the mount's root is the best that is known of it. */
    group = strncmp(group, mount->root, root_length) == 0 ? group + root_length : "";
    if (*group != '/')
        group = "";

    char *folder = string_format("%s%s%s", prefix, mount->point, group);
    size_t top = strlen(prefix) + strlen(mount->point);
    for (;;) {
        double quota = group_quota(folder, version2);

        if (quota > 0 && (least == 0 || quota < least))
            least = quota;
        char *slash = strrchr(folder, '/');
        if (strlen(folder) <= top || !slash)
            break;
        *slash = '\0';
    }
    free(folder);
    return least;
}

static double version_quota(const char *root, bool version2)
{
    char *cgroup_path = string_format("%s/proc/self/cgroup", root);
    char *mountinfo_path = string_format("%s/proc/self/mountinfo", root);
    char *cgroup = file_read(cgroup_path, NULL);
    char *mountinfo = file_read(mountinfo_path, NULL);
    struct mount mount = {0};
    double quota = 0;

    if (cgroup && mountinfo && mount_find(mountinfo, version2, &mount)) {
        const char *group = group_find(cgroup, version2);

        if (group)
            quota = mount_quota(root, &mount, group, version2);
    }
    free(mount.root);
    free(mount.point);
    free(cgroup);
    free(mountinfo);
    free(cgroup_path);
    free(mountinfo_path);
    return quota;
}

double cpus_quota(const char *root)
{
    /* A machine may mount both versions; the cpu controller is in one of them, and the other has no
     * file for it. */
    double quota = version_quota(root, true);

    return quota > 0 ? quota : version_quota(root, false);
}

struct cpus cpus_allowed(void)
{
    struct cpus cpus = {0};
    cpu_set_t sets[8192 / CPU_SETSIZE]; /* 8192 CPUs are the most that Linux supports */
    double quota = cpus_quota("");
    int most = (int)(sizeof cpus.ids / sizeof cpus.ids[0]);

    if (quota >= 1 && quota < most)
        most = (int)quota;
    else if (quota > 0 && quota < 1)
        most = 1;
    memset(sets, 0, sizeof sets);
    sched_getaffinity(0, sizeof sets, sets);
    for (size_t id = 0; id < 8 * sizeof sets && cpus.count < most; id++)
        if (CPU_ISSET_S(id, sizeof sets, sets))
            cpus.ids[cpus.count++] = (int)id;
    return cpus;
}
