/* canaries.h - what the canaries try, and which layer each of them proves.
 *
 * The grader believes that a layer is active when all of its canaries held, and only then. */
#ifndef BARISTA_INSIDE_CANARIES_H
#define BARISTA_INSIDE_CANARIES_H

/* X(NAME, layer, "what it tries"). A canary belongs to the layer without which it would not hold,
 * with the others in place. */
#define CANARIES(X)                                                                                \
    X(DESCRIPTORS, RLIMITS, "inherit a descriptor")                                                \
    X(OTHER_PROCESSES, NAMESPACES, "see another process than its own and the stub")                \
    X(NETWORK_DEVICES, NAMESPACES, "see a network device but its own loopback")                    \
    X(HOST_NAME, NAMESPACES, "learn this machine's name")                                          \
    X(SYSTEM_FILES, NAMESPACES, "find /etc/passwd")                                                \
    X(HIDDEN_FILE, LANDLOCK, "read a file that only the grader may")                               \
    X(ROOT_FOLDER, LANDLOCK, "list the root folder")                                               \
    X(NEW_FILE, LANDLOCK, "make a file in /tmp, /var/tmp or /dev/shm")                             \
    X(PARENT_IN_PROC, LANDLOCK, "look into its parent by way of /proc")                            \
    X(FORK, SECCOMP, "start a process")                                                            \
    X(SOCKET, SECCOMP, "open a socket")                                                            \
    X(SIGNAL_OTHERS, SECCOMP, "send a signal to its parent, or to all")                            \
    X(TRACE, SECCOMP, "trace its parent, or read its memory")                                      \
    X(NEW_NAMESPACE, SECCOMP, "make a user namespace")                                             \
    X(MORE_CPUS, SECCOMP, "change the CPUs that it may use")                                       \
    X(MEMORY_FILE, SECCOMP, "make a file in memory")                                               \
    X(KERNEL_MACHINES, SECCOMP, "use io_uring, bpf, perf or userfaultfd")                          \
    X(KEYS, SECCOMP, "use the kernel's keyring")                                                   \
    X(SHARED_MEMORY, SECCOMP, "make shared memory that outlives it")                               \
    X(FILTERED, SECCOMP, "be without a filter")                                                    \
    X(OTHER_USER, SECCOMP, "become another user, or hold a capability")                            \
    X(CORE_DUMP, RLIMITS, "leave a core dump")                                                     \
    X(CPU_TIME, RLIMITS, "compute without end")                                                    \
    X(ADDRESS_SPACE, RLIMITS, "reserve memory without end")                                        \
    X(ENVIRONMENT, RLIMITS, "inherit the environment")                                             \
    X(CONTROL_GROUP, CGROUP, "be in the grader's control group")                                   \
    X(SHELL, LANDLOCK, "run a shell") /* last: it does not come back from there */

enum canary {
#define CANARY_ENUM(name, layer, text) CANARY_##name,
    CANARIES(CANARY_ENUM)
#undef CANARY_ENUM
        CANARIES_COUNT
};

/* What the canaries must be told about the world outside. */
#define CANARY_HIDDEN "hidden="   /* a file that only the grader may read */
#define CANARY_NEW "new="         /* the name of a file that is nowhere yet */
#define CANARY_HOST "host="       /* this machine's name */
#define CANARY_GROUP "group="     /* the name of the control group, or nothing */
#define CANARY_VARIABLE "BARISTA" /* the only environment variable that it is given */

/* The folders in which it tries to make a file of that name. Where it can, the grader removes it:
 * the filter may keep the canary from that. */
#define CANARY_PLACES "/tmp", "/var/tmp", "/dev/shm", ""

/* Descriptor 4 is where the results go: a byte for each canary, '1' if it held. */
#define CANARY_RESULTS 4

int canaries_sing(char **words);

#endif
