/* landlock.c - Landlock, a security module that any process may use on itself (Linux 5.13).
 *
 * A ruleset names the kinds of access that it *handles*; all of these are refused from then on, but
 * for what single rules grant. We handle every kind that the kernel knows, so that what a later
 * kernel adds is a deliberate step here. Which kinds there are is asked by a call, not read from
 * /sys/kernel/security/lsm, which may be absent though Landlock works.
 *
 * Landlock follows the file and not its name: a rule made here holds inside of a mount namespace
 * and outside of one. What it leaves open is what has no name: pipes, and memory files, which
 * seccomp refuses (seccomp.c). */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From linux/landlock.h, which on many systems is older than the kernel. */
#define ABI_LEAST 1
#define VERSION_FLAG 1U
#define RULE_PATH_BENEATH 1

#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REMOVE_DIR (1ULL << 4)
#define FS_REMOVE_FILE (1ULL << 5)
#define FS_MAKE_DIR (1ULL << 7)
#define FS_MAKE_REG (1ULL << 8)
#define FS_TRUNCATE (1ULL << 14)
#define FS_ALL_ABI_1 ((1ULL << 13) - 1)
#define FS_REFER (1ULL << 13)
#define FS_IOCTL_DEV (1ULL << 15)
#define NET_ALL ((1ULL << 0) | (1ULL << 1))   /* bind and connect of TCP */
#define SCOPE_ALL ((1ULL << 0) | (1ULL << 1)) /* abstract UNIX sockets and signals */

/* What a rule for a file that is no folder may hold. */
#define FILE_ACCESS (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE)

struct ruleset {
    uint64_t handled_files, handled_network, scoped;
};

struct path_rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static uint64_t all_file_access(int abi)
{
    uint64_t access = FS_ALL_ABI_1;

    if (abi >= 2)
        access |= FS_REFER;
    if (abi >= 3)
        access |= FS_TRUNCATE;
    if (abi >= 5)
        access |= FS_IOCTL_DEV;
    return access;
}

bool landlock_begin(struct landlock *landlock, bool network)
{
    struct ruleset ruleset = {0};
    size_t size = sizeof ruleset.handled_files;

    landlock->ruleset = -1;
    landlock->abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
    if (landlock->abi < ABI_LEAST)
        return false;
    ruleset.handled_files = all_file_access(landlock->abi);
    if (landlock->abi >= 4) {
        ruleset.handled_network = network ? 0 : NET_ALL;
        size += sizeof ruleset.handled_network;
    }
    if (landlock->abi >= 6) {
        ruleset.scoped = SCOPE_ALL;
        size += sizeof ruleset.scoped;
    }
    landlock->ruleset = (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
    return landlock->ruleset >= 0;
}

static uint64_t access_of(enum grant grant)
{
    const uint64_t read = FS_READ_FILE | FS_READ_DIR;

    switch (grant) {
    case GRANT_READ:
        return read;
    case GRANT_EXECUTE:
        return read | FS_EXECUTE;
    case GRANT_WRITE:
        return read | FS_WRITE_FILE | FS_TRUNCATE | FS_MAKE_REG | FS_MAKE_DIR | FS_REMOVE_FILE |
               FS_REMOVE_DIR;
    }
    return 0;
}

bool landlock_grant(struct landlock *landlock, const char *path, enum grant grant)
{
    struct path_rule rule = {.allowed = access_of(grant) & all_file_access(landlock->abi)};
    struct stat status;

    rule.parent = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent < 0)
        return false;
    bool ok = fstat(rule.parent, &status) == 0;
    if (ok && !S_ISDIR(status.st_mode))
        rule.allowed &= FILE_ACCESS;
    ok = ok && syscall(SYS_landlock_add_rule, landlock->ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
    int failed = errno;
    close(rule.parent);
    errno = failed;
    return ok;
}

bool landlock_enter(struct landlock *landlock)
{
    bool ok = syscall(SYS_landlock_restrict_self, landlock->ruleset, 0) == 0;
    int failed = errno;

    close(landlock->ruleset);
    landlock->ruleset = -1;
    errno = failed;
    return ok;
}
