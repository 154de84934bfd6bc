/* folder.c - makes private folders, and tells those in use from those left behind.
 *
 * A grader that is killed can't tidy up, so the next one does. In each folder lies a file `lock`
 * that its grader holds locked (flock) until it removes the folder or dies: the kernel lets go
 * of a lock with its process. A folder whose lock can be had is nobody's any more. The lock is
 * taken before the file gets its name, so there is no moment at which a folder in use looks
 * abandoned; only while it is being made can one be swept away, and then another one is made. Only
 * folders of the same user are touched. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "text.h"

#define PREFIX "barista-"
#define RANDOM "XXXXXX" /* mkdtemp's */
#define UNNAMED_LOCK "lock-to-be"

/* Each is lost only if another grader sweeps at the same moment. */
#define ATTEMPTS 10

/* What a grading writes: a build takes 2 MiB at most, in some dozens of files. */
#define ROOM_BYTES (8 << 20)
#define ROOM_FILES 100

static const char *parent_path(void)
{
    const char *path = getenv("TMPDIR");

    return path && *path ? path : "/tmp";
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    remove(path); /* what can't be removed must not keep the rest */
    return 0;
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static bool is_ours(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/* Whether a folder's grader is dead. */
static bool is_abandoned(const char *path)
{
    char *lock_path = string_format("%s/lock", path);
    int lock = open(lock_path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    bool abandoned = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0;
    if (lock >= 0)
        close(lock);
    free(lock_path);
    return abandoned;
}

/* Removes what a grader leaves that is killed before its folder has a lock: a folder with nothing
 * in it, or with a lock that has no name yet. One that is just being made may be met like that,
 * too; its maker notices (folder_new), and makes another one. */
static void remove_unborn(const char *path)
{
    char *unnamed = string_format("%s/" UNNAMED_LOCK, path);
    int lock = open(unnamed, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        unlink(unnamed);
    rmdir(path); /* fails if there is anything else in it */
    if (lock >= 0)
        close(lock);
    free(unnamed);
}

static void sweep(void)
{
    DIR *parent = opendir(parent_path());
    struct dirent *entry;

    while (parent && (entry = readdir(parent)) != NULL) {
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
            continue;
        char *path = string_format("%s/%s", parent_path(), entry->d_name);
        bool ours = is_ours(path);
        if (ours && is_abandoned(path))
            remove_tree(path);
        else if (ours && strlen(entry->d_name) == strlen(PREFIX RANDOM))
            remove_unborn(path);
        free(path);
    }
    if (parent)
        closedir(parent);
}

/* Puts the lock in a new folder; -1 with errno set if that fails. */
static int lock_new(const char *path)
{
    char *unnamed = string_format("%s/" UNNAMED_LOCK, path);
    char *named = string_format("%s/lock", path);
    int lock = open(unnamed, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (lock >= 0 && (flock(lock, LOCK_EX) < 0 || rename(unnamed, named) < 0)) {
        close(lock);
        lock = -1;
    }
    free(unnamed);
    free(named);
    return lock;
}

bool folder_has_room(const char *path, FILE *errors)
{
    struct statvfs space;

    if (statvfs(path, &space) < 0 || space.f_blocks == 0)
        return true; /* there is no telling; what can't be written will be told then */
    uint64_t blocks = geteuid() == 0 ? space.f_bfree : space.f_bavail;
    uint64_t files = geteuid() == 0 ? space.f_ffree : space.f_favail;
    if (blocks * space.f_frsize < ROOM_BYTES)
        fprintf(errors, "only %llu KiB are free in %s, and %d KiB are needed",
                (unsigned long long)(blocks * space.f_frsize / 1024), path, ROOM_BYTES / 1024);
    else if (space.f_files > 0 && files < ROOM_FILES)
        fprintf(errors, "there is no room for %d more files in %s", ROOM_FILES, path);
    else
        return true;
    fputs(": remove something, or let TMPDIR name another folder\n", errors);
    return false;
}

struct folder folder_new(FILE *errors)
{
    struct folder folder = {.lock = -1};

    sweep();
    if (!folder_has_room(parent_path(), errors))
        return folder;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        free(folder.path);
        folder.path = string_format("%s/" PREFIX RANDOM, parent_path());
        if (!mkdtemp(folder.path))
            break;
        folder.lock = lock_new(folder.path);
        if (folder.lock >= 0)
            return folder;
        if (errno != ENOENT) /* else another grader has swept it away */
            break;
    }
    fprintf(errors, "cannot make a folder %s: %s; let TMPDIR name a folder that can be written\n",
            folder.path, strerror(errno));
    rmdir(folder.path);
    free(folder.path);
    folder.path = NULL;
    return folder;
}

void folder_free(struct folder *folder)
{
    if (!folder->path)
        return;
    remove_tree(folder->path);
    close(folder->lock);
    free(folder->path);
    *folder = (struct folder){.lock = -1};
}
