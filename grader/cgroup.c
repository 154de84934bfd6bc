/* cgroup.c - control groups of both versions, as far as one group with two limits needs them.
 *
 * A group can only be made where this user may make one: as root anywhere, otherwise in a part of
 * the tree that was delegated. And it has limits only if its parent hands the controllers on, which
 * a group that has processes of its own may not do (version 2). So we go upwards from our own group
 * until a place is found.
 *
 * The limits are backstops. The grader itself looks at a program's memory and threads every few
 * milliseconds (run.c) and can then say what happened; the group stops what is faster than that. So
 * they lie well above what a submission may have, and no honest one ever meets them. */
#include "cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

#define PREFIX "barista-"

/* A group that still has dying processes can't be removed; they take some milliseconds to go. */
#define REMOVE_TRIES 200
#define REMOVE_PAUSE_US 5000

static bool put(const char *folder, const char *name, const char *value)
{
    char *path = string_format("%s/%s", folder, name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = file >= 0 && write(file, value, strlen(value)) == (ssize_t)strlen(value);
    int failed = errno;

    if (file >= 0)
        close(file);
    free(path);
    errno = failed;
    return ok;
}

static bool put_number(const char *folder, const char *name, uint64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return put(folder, name, text);
}

/* The group that this process is in, of the tree with this controller ("" is version 2's);
 * owned. */
static char *own_group(const char *root, const char *controller)
{
    char *path = string_format("%s/proc/self/cgroup", root), *text = file_read(path, NULL);
    char *found = NULL, *rest;

    /* Lines are "4:memory,pids:/user.slice". */
    for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line && !found;
         line = strtok_r(NULL, "\n", &rest)) {
        char *names = strchr(line, ':'), *group = names ? strchr(names + 1, ':') : NULL;

        if (!group)
            continue;
        *group++ = '\0';
        char *list = string_format(",%s,", names + 1), *wanted = string_format(",%s,", controller);
        if (strstr(list, wanted))
            found = string_copy(group);
        free(wanted);
        free(list);
    }
    free(text);
    free(path);
    return found;
}

/* Removes groups that graders left which were killed. The number in the name is the grader's; a
 * group that is in use cannot be removed anyway. */
static void sweep(const char *parent)
{
    DIR *folder = opendir(parent);
    struct dirent *entry;
    int owner;

    while (folder && (entry = readdir(folder)) != NULL) {
        if (sscanf(entry->d_name, PREFIX "%d-", &owner) != 1 || kill((pid_t)owner, 0) == 0 ||
            errno != ESRCH)
            continue;
        char *path = string_format("%s/%s", parent, entry->d_name);
        rmdir(path);
        free(path);
    }
    if (folder)
        closedir(folder);
}

/* Makes one folder with its limits, ready to be joined. */
static bool add_folder(struct cgroup *cgroup, const char *parent,
                       const struct cgroup_limits *limits, const char *memory_file,
                       const char *threads_file)
{
    char *folder = string_format("%s/%s", parent, cgroup->name);
    char *members = string_format("%s/cgroup.procs", folder);
    int file = -1;

    sweep(parent);
    bool made = mkdir(folder, 0700) == 0;
    bool ok = made && (!memory_file || put_number(folder, memory_file, limits->memory_bytes)) &&
              (!threads_file || put_number(folder, threads_file, (uint64_t)limits->threads)) &&
              (file = open(members, O_WRONLY | O_CLOEXEC)) >= 0;
    int failed = errno;
    free(members);
    if (!ok) {
        if (made)
            rmdir(folder);
        free(folder);
        errno = failed;
        return false;
    }
    cgroup->folders[cgroup->count] = folder;
    cgroup->members[cgroup->count++] = file;
    return true;
}

static bool make_version_2(const char *root, const struct cgroup_limits *limits,
                           struct cgroup *cgroup)
{
    static const char *const mounts[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"};
    char *group = own_group(root, "");
    bool made = false;

    while (group && !made) {
        for (size_t i = 0; i < sizeof mounts / sizeof *mounts && !made; i++) {
            char *parent = string_format("%s%s%s", root, mounts[i], group);
            char *control = string_format("%s/cgroup.subtree_control", parent);
            char *handed_on = file_read(control, NULL);

            if (handed_on && strstr(handed_on, "memory") && strstr(handed_on, "pids")) {
                made = add_folder(cgroup, parent, limits, "memory.max", "pids.max");
                if (made) /* where there is no swap, or none is counted, there is no such file */
                    put(cgroup->folders[0], "memory.swap.max", "0");
            }
            free(handed_on);
            free(control);
            free(parent);
        }
        char *slash = strrchr(group, '/');
        if (!slash || group[1] == '\0')
            break;
        slash[slash == group] = '\0';
    }
    free(group);
    return made;
}

static bool make_version_1(const char *root, const struct cgroup_limits *limits,
                           struct cgroup *cgroup)
{
    static const struct {
        const char *controller, *memory_file, *threads_file;
    } trees[CGROUP_FOLDERS] = {{"memory", "memory.limit_in_bytes", NULL},
                               {"pids", NULL, "pids.max"}};
    bool ok = true;

    for (int i = 0; i < CGROUP_FOLDERS && ok; i++) {
        char *group = own_group(root, trees[i].controller);
        char *parent =
            string_format("%s/sys/fs/cgroup/%s%s", root, trees[i].controller, group ? group : "");

        ok = group &&
             add_folder(cgroup, parent, limits, trees[i].memory_file, trees[i].threads_file);
        free(parent);
        free(group);
    }
    return ok;
}

bool cgroup_new(const char *root, const struct cgroup_limits *limits, struct cgroup *cgroup,
                char **why)
{
    static int made;

    *cgroup = (struct cgroup){.name = string_format(PREFIX "%d-%d", (int)getpid(), made++)};
    *why = NULL;
    if (make_version_2(root, limits, cgroup) || make_version_1(root, limits, cgroup))
        return true;
    *why = string_format("no control group with memory and pids can be made here: %s",
                         strerror(errno));
    cgroup_free(cgroup);
    return false;
}

bool cgroup_join(const struct cgroup *cgroup)
{
    for (int i = 0; i < cgroup->count; i++)
        if (write(cgroup->members[i], "0", 1) != 1)
            return false;
    return true;
}

static void remove_folder(const char *folder)
{
    put(folder, "cgroup.kill", "1"); /* only in version 2, and there since Linux 5.14 */
    for (int i = 0; i < REMOVE_TRIES && rmdir(folder) < 0 && errno == EBUSY; i++)
        usleep(REMOVE_PAUSE_US);
}

void cgroup_free(struct cgroup *cgroup)
{
    for (int i = 0; i < cgroup->count; i++) {
        close(cgroup->members[i]);
        remove_folder(cgroup->folders[i]);
        free(cgroup->folders[i]);
    }
    free(cgroup->name);
    *cgroup = (struct cgroup){0};
}
