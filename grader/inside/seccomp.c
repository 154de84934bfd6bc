/* seccomp.c - the system calls that an honest program needs, by what it needs them for.
 *
 * The filter is a list of what is allowed. What is not on it fails in one of two ways. Calls that
 * programs make on purpose (sockets, fork, ptrace, ...) fail with EPERM, so that perror() says
 * something true. All others fail with ENOSYS, as on a kernel that has no such call: the C library
 * then falls back on an older one, while it takes EPERM for the last word. This is also how clone3
 * is kept out, whose flags lie in memory that a filter cannot read: the C library goes on with
 * clone, whose flags it can.
 *
 * A filter sees numbers and no memory. So paths are Landlock's business, and numbers of processes
 * are compared with our own: a thread may send signals to its own process and to nobody else. */
#include "seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41 /* malloc names its memory by it */
#endif

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const int memory[] = {
    SCMP_SYS(brk),     SCMP_SYS(munmap),  SCMP_SYS(mremap),     SCMP_SYS(mprotect),
    SCMP_SYS(madvise), SCMP_SYS(mincore), SCMP_SYS(membarrier),
};

/* On files that are open, or that Landlock lets it open. */
static const int reading[] = {
    SCMP_SYS(read),       SCMP_SYS(readv),      SCMP_SYS(pread64),  SCMP_SYS(preadv),
    SCMP_SYS(write),      SCMP_SYS(writev),     SCMP_SYS(pwrite64), SCMP_SYS(pwritev),
    SCMP_SYS(open),       SCMP_SYS(openat),     SCMP_SYS(close),    SCMP_SYS(close_range),
    SCMP_SYS(lseek),      SCMP_SYS(_llseek),    SCMP_SYS(stat),     SCMP_SYS(fstat),
    SCMP_SYS(lstat),      SCMP_SYS(newfstatat), SCMP_SYS(statx),    SCMP_SYS(access),
    SCMP_SYS(faccessat),  SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64), SCMP_SYS(getcwd),     SCMP_SYS(dup),      SCMP_SYS(dup2),
    SCMP_SYS(dup3),       SCMP_SYS(pipe),       SCMP_SYS(pipe2),    SCMP_SYS(fadvise64),
    SCMP_SYS(fsync),      SCMP_SYS(fdatasync),  SCMP_SYS(statfs),   SCMP_SYS(fstatfs),
};

static const int waiting[] = {
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_pwait2),
    SCMP_SYS(eventfd),
    SCMP_SYS(eventfd2),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(pause),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(timerfd_gettime),
    SCMP_SYS(timer_create),
    SCMP_SYS(timer_settime),
    SCMP_SYS(timer_gettime),
    SCMP_SYS(timer_delete),
    SCMP_SYS(timer_getoverrun),
    SCMP_SYS(alarm),
    SCMP_SYS(setitimer),
    SCMP_SYS(getitimer),
};

static const int threads[] = {
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sched_yield),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_max),
    SCMP_SYS(sched_get_priority_min),
    SCMP_SYS(getcpu),
};

static const int signals[] = {
    SCMP_SYS(rt_sigaction),    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait), SCMP_SYS(rt_sigsuspend),  SCMP_SYS(rt_sigpending),
    SCMP_SYS(sigaltstack),     SCMP_SYS(signalfd4),
};

static const int asking[] = {
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(times),         SCMP_SYS(getrusage),    SCMP_SYS(getrlimit),    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),        SCMP_SYS(gettid),       SCMP_SYS(getppid),      SCMP_SYS(getpgrp),
    SCMP_SYS(getpgid),       SCMP_SYS(getsid),       SCMP_SYS(getuid),       SCMP_SYS(geteuid),
    SCMP_SYS(getgid),        SCMP_SYS(getegid),      SCMP_SYS(getresuid),    SCMP_SYS(getresgid),
    SCMP_SYS(getgroups),     SCMP_SYS(uname),        SCMP_SYS(sysinfo),
};

/* The stub's own last step. What it may start is Landlock's business. */
static const int starting[] = {SCMP_SYS(execve), SCMP_SYS(execveat)};

static const int sockets[] = {
    SCMP_SYS(bind),       SCMP_SYS(listen),     SCMP_SYS(accept),      SCMP_SYS(accept4),
    SCMP_SYS(connect),    SCMP_SYS(shutdown),   SCMP_SYS(getsockname), SCMP_SYS(getpeername),
    SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(sendto),      SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),
};

static const int compiling[] = {
    SCMP_SYS(fork),      SCMP_SYS(vfork),           SCMP_SYS(wait4),     SCMP_SYS(waitid),
    SCMP_SYS(unlink),    SCMP_SYS(unlinkat),        SCMP_SYS(rename),    SCMP_SYS(renameat),
    SCMP_SYS(renameat2), SCMP_SYS(mkdir),           SCMP_SYS(mkdirat),   SCMP_SYS(rmdir),
    SCMP_SYS(chmod),     SCMP_SYS(fchmod),          SCMP_SYS(fchmodat),  SCMP_SYS(umask),
    SCMP_SYS(chdir),     SCMP_SYS(fchdir),          SCMP_SYS(ftruncate), SCMP_SYS(truncate),
    SCMP_SYS(fallocate), SCMP_SYS(utimensat),       SCMP_SYS(setrlimit), SCMP_SYS(prlimit64),
    SCMP_SYS(sendfile),  SCMP_SYS(copy_file_range), SCMP_SYS(flock),     SCMP_SYS(msync),
    SCMP_SYS(mmap),      SCMP_SYS(mmap2),
};

/* What a program may well try, and should be told. */
static const int refused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(bind),
    SCMP_SYS(connect),
    SCMP_SYS(sendto),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(tkill),
    SCMP_SYS(sched_setaffinity),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_setparam),
    SCMP_SYS(sched_setattr),
    SCMP_SYS(setpriority),
    SCMP_SYS(ioprio_set),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setsid),
    SCMP_SYS(setpgid),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(shmget),
    SCMP_SYS(shmat),
    SCMP_SYS(msgget),
    SCMP_SYS(semget),
    SCMP_SYS(mq_open),
    SCMP_SYS(memfd_create),
    SCMP_SYS(memfd_secret),
    SCMP_SYS(personality),
    SCMP_SYS(kcmp),
    SCMP_SYS(fanotify_init),
    SCMP_SYS(inotify_init1),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat2),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(truncate),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(setrlimit),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(open_by_handle_at),
};

/* A filter that is being made. The first error stays. */
struct filter {
    scmp_filter_ctx context;
    int error;
};

static void note(struct filter *filter, int result)
{
    /* A call that this architecture does not have needs no rule. */
    if (result < 0 && result != -EDOM && filter->error == 0)
        filter->error = -result;
}

static void allow(struct filter *filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        note(filter, seccomp_rule_add(filter->context, SCMP_ACT_ALLOW, calls[i], 0));
}

#define ALLOW(filter, calls) allow(filter, calls, COUNT(calls))

/* Allows a call if its argument number `which`, taken as an int, has this value under this mask. */
static void allow_if(struct filter *filter, int call, unsigned which, uint32_t mask, uint32_t value)
{
    struct scmp_arg_cmp compare = SCMP_CMP(which, SCMP_CMP_MASKED_EQ, mask, value);

    note(filter, seccomp_rule_add_array(filter->context, SCMP_ACT_ALLOW, call, 1, &compare));
}

static void refuse_if(struct filter *filter, int call, struct scmp_arg_cmp compare)
{
    note(filter, seccomp_rule_add_array(filter->context, SCMP_ACT_ERRNO(EPERM), call, 1, &compare));
}

#define ALL_BITS UINT32_MAX

/* Signals to ourselves only: the runtime stops tasks that hog a proc by one, and abort() is one. */
static void allow_own_signals(struct filter *filter)
{
    static const int calls[] = {SCMP_SYS(kill), SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo),
                                SCMP_SYS(rt_tgsigqueueinfo)};
    struct scmp_arg_cmp another = SCMP_CMP(0, SCMP_CMP_NE, (scmp_datum_t)getpid(), 0);

    for (size_t i = 0; i < COUNT(calls); i++) {
        allow_if(filter, calls[i], 0, ALL_BITS, (uint32_t)getpid());
        refuse_if(filter, calls[i], another);
    }
}

/* Pages of shared memory stay filled when a program lets go of them (munmap, MADV_DONTNEED) and keeps
 * the rest, and no longer count as its own. So they are kept to one page a mapping: there is a most
 * of mappings, and who starts no process gains nothing from larger ones. */
static void allow_memory(struct filter *filter)
{
    static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2)};

    for (size_t i = 0; i < COUNT(calls); i++) {
        allow_if(filter, calls[i], 3, MAP_TYPE, MAP_PRIVATE);
        note(filter, seccomp_rule_add(filter->context, SCMP_ACT_ALLOW, calls[i], 1,
                                      SCMP_CMP(1, SCMP_CMP_LE, (scmp_datum_t)getpagesize(), 0)));
    }
}

/* Calls that do several things, some of which are harmless. */
static void allow_parts(struct filter *filter)
{
    static const uint32_t process_options[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA,
                                               PR_SET_TIMERSLACK, PR_GET_DUMPABLE};
    static const uint32_t device_options[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX};
    static const uint32_t file_options[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD,      F_SETFD,
                                            F_GETFL, F_SETFL,         F_GETPIPE_SZ, F_SETPIPE_SZ,
                                            F_GETLK, F_SETLK,         F_SETLKW};

    for (size_t i = 0; i < COUNT(process_options); i++)
        allow_if(filter, SCMP_SYS(prctl), 0, ALL_BITS, process_options[i]);
    for (size_t i = 0; i < COUNT(device_options); i++)
        allow_if(filter, SCMP_SYS(ioctl), 1, ALL_BITS, device_options[i]);
    for (size_t i = 0; i < COUNT(file_options); i++)
        allow_if(filter, SCMP_SYS(fcntl), 1, ALL_BITS, file_options[i]);
    /* To read limits, not to set them. */
    note(filter, seccomp_rule_add(filter->context, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2,
                                  SCMP_CMP(0, SCMP_CMP_MASKED_EQ, ALL_BITS, 0),
                                  SCMP_CMP(2, SCMP_CMP_EQ, 0, 0)));
    /* On itself, as the runtime does (PIDFD_SELF): a descriptor of another process it cannot
     * get. */
    note(filter, seccomp_rule_add(filter->context, SCMP_ACT_ALLOW, SCMP_SYS(process_madvise), 0));
    allow_if(filter, SCMP_SYS(socketpair), 0, ALL_BITS, AF_UNIX);
}

static void allow_purpose(struct filter *filter, enum purpose purpose)
{
    /* Of a new process, or of namespaces for it. */
    const uint32_t namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET |
                                CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

    if (purpose == PURPOSE_COMPILE) {
        ALLOW(filter, compiling);
        allow_if(filter, SCMP_SYS(clone), 0, namespaces, 0);
    } else {
        allow_memory(filter);
        allow_if(filter, SCMP_SYS(clone), 0, CLONE_THREAD | namespaces, CLONE_THREAD);
        refuse_if(filter, SCMP_SYS(clone), SCMP_CMP(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    }
    if (purpose == PURPOSE_LOOPBACK) {
        ALLOW(filter, sockets);
        allow_if(filter, SCMP_SYS(socket), 0, ALL_BITS, AF_INET);
        allow_if(filter, SCMP_SYS(socket), 0, ALL_BITS, AF_INET6);
    }
}

static bool is_allowed(const int *calls, size_t count, int call)
{
    for (size_t i = 0; i < count; i++)
        if (calls[i] == call)
            return true;
    return false;
}

/* EPERM for the calls on the list that this purpose has not allowed: two rules for one call would
 * contradict each other. */
static void refuse_the_rest(struct filter *filter, enum purpose purpose)
{
    for (size_t i = 0; i < COUNT(refused); i++) {
        bool taken =
            (purpose == PURPOSE_COMPILE && is_allowed(compiling, COUNT(compiling), refused[i])) ||
            (purpose == PURPOSE_LOOPBACK &&
             (is_allowed(sockets, COUNT(sockets), refused[i]) || refused[i] == SCMP_SYS(socket)));
        if (!taken)
            note(filter, seccomp_rule_add(filter->context, SCMP_ACT_ERRNO(EPERM), refused[i], 0));
    }
}

int seccomp_enter(enum purpose purpose)
{
    struct filter filter = {.context = seccomp_init(SCMP_ACT_ERRNO(ENOSYS))};

    if (!filter.context)
        return ENOMEM;
    /* Calls by another architecture's numbers. By default only their thread would die. */
    note(&filter, seccomp_attr_set(filter.context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
    /* A binary tree in place of a chain: each call then costs some comparisons fewer. */
    seccomp_attr_set(filter.context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    ALLOW(&filter, memory);
    ALLOW(&filter, reading);
    ALLOW(&filter, waiting);
    ALLOW(&filter, threads);
    ALLOW(&filter, signals);
    ALLOW(&filter, asking);
    ALLOW(&filter, starting);
    allow_own_signals(&filter);
    allow_parts(&filter);
    allow_purpose(&filter, purpose);
    refuse_the_rest(&filter, purpose);
    if (filter.error == 0)
        note(&filter, seccomp_load(filter.context));
    seccomp_release(filter.context);
    return filter.error;
}
