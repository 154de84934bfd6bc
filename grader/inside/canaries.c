/* canaries.c - a program that tries to get out of the sandbox, in all the ways that we know.
 *
 * It is started as a submission is started, and tells how far it got. A canary holds when the
 * attempt fails. Each is harmless where it succeeds: it signals with the signal 0, makes no second
 * process that lives on, and the grader removes the file that it made.
 *
 * Only the grader's decision rests on these, never a grade: the real submission gets the same
 * sandbox, set up anew. What this proves is that on this machine, now, the layers do what they are
 * there for. */
#include "canaries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "protocol.h"

extern char **environ;

/* What we were told about the world outside. */
static const char *hidden = "", *fresh = "", *host = "", *group = "";

/* ---- Files ----------------------------------------------------------------------------------- */

static bool cannot_open(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC, 0600);

    if (file >= 0)
        close(file);
    return file < 0;
}

static bool holds_SYSTEM_FILES(void)
{
    return access("/etc/passwd", F_OK) < 0;
}

static bool holds_HIDDEN_FILE(void)
{
    return *hidden && cannot_open(hidden, O_RDONLY);
}

static bool holds_ROOT_FOLDER(void)
{
    return cannot_open("/", O_RDONLY | O_DIRECTORY);
}

static bool holds_NEW_FILE(void)
{
    static const char *const places[] = {CANARY_PLACES};
    bool held = *fresh;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", places[i], fresh);
        held = cannot_open(path, O_WRONLY | O_CREAT | O_EXCL) && held;
    }
    return held;
}

static bool holds_PARENT_IN_PROC(void)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/status", (int)getppid());
    if (!cannot_open(path, O_RDONLY))
        return false;
    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    return cannot_open(path, O_RDWR);
}

/* ---- Processes ------------------------------------------------------------------------------- */

static bool holds_SHELL(void)
{
    /* Without a fork, a shell that starts takes our place and says nothing: then this canary, and
     * all after it, have not held. */
    char *argv[] = {"sh", "-c", ":", NULL}, *none[] = {NULL};

    execve("/bin/sh", argv, none);
    execve("/usr/bin/env", argv, none);
    return true;
}

static bool holds_FORK(void)
{
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid(child, NULL, 0);
    return child < 0;
}

static bool holds_OTHER_PROCESSES(void)
{
    /* In a process namespace of our own, the stub is 1 and we came next. */
    return getppid() == 1 && getpid() <= 3;
}

static bool holds_SIGNAL_OTHERS(void)
{
    return kill(getppid(), 0) < 0 && kill(-1, 0) < 0 && kill(0, 0) < 0 &&
           syscall(SYS_tkill, getppid(), 0) < 0 && syscall(SYS_tgkill, getppid(), getppid(), 0) < 0;
}

static bool holds_TRACE(void)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {&byte, 1};

    return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) < 0 && errno == EPERM &&
           process_vm_readv(getppid(), &here, 1, &there, 1, 0) < 0 && errno == EPERM &&
           syscall(SYS_pidfd_open, getppid(), 0) < 0;
}

static bool holds_OTHER_USER(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};

    if (setuid(0) == 0 || setresuid(1, 1, 1) == 0)
        return false;
    /* The filter has no place for capget; if it is missing, the status file tells. */
    return syscall(SYS_capget, &header, data) < 0 ||
           (data[0].effective | data[1].effective | data[0].permitted | data[1].permitted) == 0;
}

/* ---- The kernel ------------------------------------------------------------------------------ */

static bool holds_NETWORK_DEVICES(void)
{
    FILE *devices = fopen("/proc/self/net/dev", "re");
    char line[256];
    bool held = devices != NULL;

    for (int i = 0; devices && fgets(line, sizeof line, devices); i++)
        if (i >= 2 && !strstr(line, " lo:")) /* two lines of headings come first */
            held = false;
    if (devices)
        fclose(devices);
    return held;
}

static bool holds_HOST_NAME(void)
{
    char name[256] = "";

    return gethostname(name, sizeof name - 1) == 0 && strcmp(name, host) != 0;
}

static bool holds_SOCKET(void)
{
    static const int families[] = {AF_UNIX, AF_NETLINK, AF_PACKET, 40 /* vsock */, AF_ALG};

    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (socket(families[i], SOCK_DGRAM, 0) >= 0)
            return false;
    return socket(AF_INET, SOCK_RAW, 1) < 0;
}

static bool holds_NEW_NAMESPACE(void)
{
    return unshare(CLONE_NEWUSER) < 0 && unshare(CLONE_NEWNET) < 0;
}

static bool holds_MORE_CPUS(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 &&
           sched_setaffinity(0, sizeof set, &set) < 0;
}

static bool holds_MEMORY_FILE(void)
{
    return memfd_create("canary", 0) < 0;
}

static bool holds_KERNEL_MACHINES(void)
{
    char zeros[256] = {0}; /* parameters that are valid enough to be told from a refusal */

    /* A kernel without the call holds, too. */
    return syscall(SYS_io_uring_setup, 4, zeros) < 0 && errno != EINVAL &&
           syscall(SYS_bpf, 0, zeros, 0) < 0 && errno != EINVAL &&
           syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0) < 0 && errno != EINVAL &&
           syscall(SYS_userfaultfd, 0) < 0;
}

static bool holds_KEYS(void)
{
    return syscall(SYS_keyctl, 0 /* KEYCTL_GET_KEYRING_ID */, -3, 0) < 0;
}

static bool holds_SHARED_MEMORY(void)
{
    int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);

    if (segment >= 0)
        shmctl(segment, IPC_RMID, NULL);
    return segment < 0;
}

static bool holds_FILTERED(void)
{
    FILE *status = fopen("/proc/self/status", "re");
    char line[256];
    int filtered = 0, no_new_privileges = 0, value;

    while (status && fgets(line, sizeof line, status)) {
        if (sscanf(line, "Seccomp: %d", &value) == 1)
            filtered = value;
        if (sscanf(line, "NoNewPrivs: %d", &value) == 1)
            no_new_privileges = value;
    }
    if (status)
        fclose(status);
    return filtered == 2 && no_new_privileges == 1;
}

/* ---- Limits, and what is inherited ----------------------------------------------------------- */

static bool is_limited(int resource)
{
    struct rlimit limit;

    return getrlimit(resource, &limit) == 0 && limit.rlim_max != RLIM_INFINITY;
}

static bool holds_CORE_DUMP(void)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0;
}

static bool holds_CPU_TIME(void)
{
    return is_limited(RLIMIT_CPU);
}

static bool holds_ADDRESS_SPACE(void)
{
    const size_t huge = (size_t)1 << 46;

    return is_limited(RLIMIT_AS) &&
           mmap(NULL, huge, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) ==
               MAP_FAILED;
}

static bool holds_DESCRIPTORS(void)
{
    for (int i = CANARY_RESULTS + 1; i < 1024; i++)
        if (fcntl(i, F_GETFD) >= 0)
            return false;
    return true;
}

static bool holds_ENVIRONMENT(void)
{
    return environ[0] && !environ[1] &&
           strncmp(environ[0], CANARY_VARIABLE "=", strlen(CANARY_VARIABLE "=")) == 0;
}

static bool holds_CONTROL_GROUP(void)
{
    FILE *groups = fopen("/proc/self/cgroup", "re");
    char line[4096];
    bool found = false;

    while (groups && *group && fgets(line, sizeof line, groups))
        found = found || strstr(line, group);
    if (groups)
        fclose(groups);
    return found;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static void listen_to(const char *word)
{
    if (strncmp(word, CANARY_HIDDEN, strlen(CANARY_HIDDEN)) == 0)
        hidden = word + strlen(CANARY_HIDDEN);
    else if (strncmp(word, CANARY_NEW, strlen(CANARY_NEW)) == 0)
        fresh = word + strlen(CANARY_NEW);
    else if (strncmp(word, CANARY_HOST, strlen(CANARY_HOST)) == 0)
        host = word + strlen(CANARY_HOST);
    else if (strncmp(word, CANARY_GROUP, strlen(CANARY_GROUP)) == 0)
        group = word + strlen(CANARY_GROUP);
}

int canaries_sing(char **words)
{
    static bool (*const holds[])(void) = {
#define CANARY_FUNCTION(name, layer, text) holds_##name,
        CANARIES(CANARY_FUNCTION)
#undef CANARY_FUNCTION
    };

    for (; *words; words++)
        listen_to(*words);
    for (int i = 0; i < CANARIES_COUNT; i++)
        if (write(CANARY_RESULTS, holds[i]() ? "1" : "0", 1) != 1)
            return 1;
    return 0;
}
