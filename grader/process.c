/* process.c - fork, a careful way to exec, and an end that leaves nobody behind.
 *
 * Between fork and exec the child makes itself harmless in a fixed order (enter() below). It
 * reports a step that failed through a pipe that closes by itself at exec: end of file means that
 * the program runs. So "could not be started" and "ended at once" are never mixed up.
 *
 * Nobody is left behind, in three layers: the program is killed with its whole process group; the
 * grader is the reaper of its descendants (PR_SET_CHILD_SUBREAPER), so that a process which left
 * the group and lost its parent becomes the grader's child, and is killed as such; and the kernel
 * kills the program if the grader itself dies (PR_SET_PDEATHSIG). Two gaps are left, for a process
 * namespace round the program to close: a process that forks and leaves its group faster than it
 * is killed, and children of the program when the grader is killed before them. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The step of starting a program that failed, as it comes through the pipe. */
struct failure {
    char step[32];
    int error;
};

static _Noreturn void fail(int pipe, const char *step)
{
    struct failure failure = {.error = errno};

    strncpy(failure.step, step, sizeof failure.step - 1);
    (void)!write(pipe, &failure, sizeof failure);
    _exit(127);
}

static void limit(int pipe, int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit now, wanted = {.rlim_cur = soft, .rlim_max = hard};

    /* Where we are under a stricter limit ourselves, that one stays. */
    if (getrlimit(resource, &now) < 0)
        fail(pipe, "read a resource limit");
    if (wanted.rlim_max > now.rlim_max)
        wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    if (setrlimit(resource, &wanted) < 0)
        fail(pipe, "set a resource limit");
}

static void set_limits(const struct process_plan *plan, int pipe)
{
    limit(pipe, RLIMIT_CORE, 0, 0);
    if (plan->cpu_s > 0)
        limit(pipe, RLIMIT_CPU, (uint64_t)plan->cpu_s, (uint64_t)plan->cpu_s + 1);
    if (plan->address_bytes > 0)
        limit(pipe, RLIMIT_AS, plan->address_bytes, plan->address_bytes);
    if (plan->file_bytes > 0)
        limit(pipe, RLIMIT_FSIZE, plan->file_bytes, plan->file_bytes);
}

static void pin(const struct process_plan *plan, int pipe)
{
    /* On the stack, since a forked child should not allocate; 8192 CPUs are the most that Linux
     * supports. */
    cpu_set_t sets[8192 / CPU_SETSIZE];

    if (!plan->cpus)
        return;
    memset(sets, 0, sizeof sets);
    for (int i = 0; i < plan->cpus_count; i++)
        CPU_SET_S((size_t)plan->cpus->ids[i], sizeof sets, sets);
    if (sched_setaffinity(0, sizeof sets, sets) < 0)
        fail(pipe, "pin it to its CPUs");
}

/* All signals do what they do by default, and none is blocked: ignored and blocked signals would
 * otherwise be inherited through exec, and a program that ignores SIGPIPE behaves differently. */
static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Gives the program its descriptors 0 to 4, or 5, and closes all others at exec. Returns where the pipe
 * for failures is now. */
static int set_descriptors(const struct process_plan *plan, int pipe)
{
    int sources[PROCESS_DESCRIPTORS + 1];
    const int count = PROCESS_DESCRIPTORS + (plan->extra > 0);
    const int clear = 16; /* copies from here on are in nobody's way */

    int moved = fcntl(pipe, F_DUPFD_CLOEXEC, clear);
    if (moved < 0)
        fail(pipe, "move a descriptor");
    for (int i = 0; i < count; i++) {
        int source = i < PROCESS_DESCRIPTORS ? plan->descriptors[i] : plan->extra;

        if (source < 0)
            source = open("/dev/null", O_RDWR | O_CLOEXEC);
        sources[i] = source < 0 ? -1 : fcntl(source, F_DUPFD_CLOEXEC, clear);
        if (sources[i] < 0)
            fail(moved, "copy a descriptor");
    }
    for (int i = 0; i < count; i++)
        if (dup2(sources[i], i) < 0)
            fail(moved, "place a descriptor");

    /* The grader opens its files so that they close at exec, but it may have been started with
     * others open. By number, since the C library has had close_range for less long than Linux. */
    if (syscall(SYS_close_range, count, moved - 1, 0) < 0 ||
        syscall(SYS_close_range, moved + 1, ~0u, 0) < 0)
        fail(moved, "close other descriptors");
    return moved;
}

/* The child's way from fork to exec. Only async-signal-safe calls.
 *
 * The sandbox belongs here: the namespaces and Landlock between the descriptors and the limits,
 * seccomp last of all. Whatever can't be set up is a fail(), so that nothing runs with less
 * protection than was asked for. */
static _Noreturn void enter(const struct process_plan *plan, pid_t parent, int pipe)
{
    reset_signals();
    setsid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        fail(pipe, "tie its life to ours");
    if (getppid() != parent)
        _exit(127); /* the grader died before it was watched */
    pipe = set_descriptors(plan, pipe);
    pin(plan, pipe);
    set_limits(plan, pipe);
    execvpe(plan->argv[0], plan->argv, plan->environment);
    fail(pipe, "run it");
}

/* Reads what came through the pipe for failures. True if the program runs. */
static bool started(int pipe, const char *program, FILE *errors)
{
    struct failure failure;
    ssize_t got;

    do
        got = read(pipe, &failure, sizeof failure);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        return true;
    if (got != sizeof failure)
        fprintf(errors, "cannot start %s\n", program);
    else
        fprintf(errors, "cannot start %s: cannot %s: %s\n", program, failure.step,
                strerror(failure.error));
    return false;
}

bool process_start(const struct process_plan *plan, struct process *process, FILE *errors)
{
    int pipe[2];
    pid_t parent = getpid();

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (pipe2(pipe, O_CLOEXEC) < 0) {
        fprintf(errors, "cannot start %s: no pipe: %s\n", plan->argv[0], strerror(errno));
        return false;
    }
    process->pid = fork();
    if (process->pid == 0)
        enter(plan, parent, pipe[1]);
    close(pipe[1]);
    if (process->pid < 0) {
        fprintf(errors, "cannot start %s: no process: %s\n", plan->argv[0], strerror(errno));
        close(pipe[0]);
        return false;
    }

    process->exited = (int)syscall(SYS_pidfd_open, process->pid, 0);
    bool runs = started(pipe[0], plan->argv[0], errors);
    if (runs && process->exited < 0) {
        fprintf(errors, "cannot watch %s: %s\n", plan->argv[0], strerror(errno));
        runs = false;
    }
    close(pipe[0]);
    if (!runs)
        process_end(process, NULL);
    return runs;
}

int process_end(struct process *process, struct rusage *usage)
{
    int status = 0;

    /* Not yet waited for, so the number still belongs to this group and no other. */
    kill(-process->pid, SIGKILL);
    kill(process->pid, SIGKILL); /* it may have died before it had a group */
    while (wait4(process->pid, &status, 0, usage) < 0 && errno == EINTR)
        ;
    if (process->exited >= 0)
        close(process->exited);
    *process = (struct process){.exited = -1};
    return status;
}

/* The number of some child of this process, or 0. */
static pid_t some_child(void)
{
    char path[64];
    int child = 0;

    /* The kernel hands orphans to the thread that it finds first, which is the main one. */
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *children = fopen(path, "re");
    if (!children)
        return 0;
    if (fscanf(children, "%d", &child) != 1)
        child = 0;
    fclose(children);
    return (pid_t)child;
}

void process_end_orphans(void)
{
    /* Each death may hand us the orphans of the dead one. A limit, lest a fork bomb hold us
     * here. */
    for (int i = 0; i < 100000; i++) {
        pid_t child = some_child();

        if (child == 0)
            break;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
}
