/* process.c - fork, a careful way to exec, and an end that leaves nobody behind.
 *
 * Between fork and exec the child makes itself harmless in a fixed order (enter() below), and then
 * executes the sandbox: bubblewrap and our stub, or the stub alone. The child, and after it the stub,
 * speak on a socket: the program runs when the stub says so, and not before. So "could not be started"
 * and "ended at once" are never mixed up, and a sandbox that breaks on the way never looks like a
 * program that runs.
 *
 * Nobody is left behind. In a process namespace, all processes die with the stub, which is its first.
 * Without one, the program can make no processes (seccomp). Without that either (tier D), it is killed
 * with its whole process group, and the grader is the reaper of its descendants
 * (PR_SET_CHILD_SUBREAPER), so that a process which left the group and lost its parent becomes the
 * grader's child, and is killed as such. If the grader itself dies, the kernel kills the outermost
 * process (PR_SET_PDEATHSIG), and the stub sees its socket end and kills the program. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "inside/protocol.h"

/* After the program was killed, the stub only has to say so. */
#define PATIENCE_SECONDS 5.0

static _Noreturn void fail(int control, const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    (void)!write(control, &message, sizeof message);
    _exit(127);
}

static void limit(int control, int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit now, wanted = {.rlim_cur = soft, .rlim_max = hard};

    /* Where we are under a stricter limit ourselves, that one stays. */
    if (getrlimit(resource, &now) < 0)
        fail(control, "read a resource limit");
    if (wanted.rlim_max > now.rlim_max)
        wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    if (setrlimit(resource, &wanted) < 0)
        fail(control, "set a resource limit");
}

static void set_limits(const struct process_plan *plan, int control)
{
    limit(control, RLIMIT_CORE, 0, 0);
    if (plan->cpu_s > 0)
        limit(control, RLIMIT_CPU, (uint64_t)plan->cpu_s, (uint64_t)plan->cpu_s + 1);
    if (plan->address_bytes > 0)
        limit(control, RLIMIT_AS, plan->address_bytes, plan->address_bytes);
    if (plan->file_bytes > 0)
        limit(control, RLIMIT_FSIZE, plan->file_bytes, plan->file_bytes);
}

static void pin(const struct process_plan *plan, int control)
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
        fail(control, "pin it to its CPUs");
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

/* Gives the program its descriptors 0 to 4, or 5, the stub its socket, and closes all others. Returns
 * where the socket is now. */
static int set_descriptors(const struct process_plan *plan, int control)
{
    int sources[PROCESS_DESCRIPTORS + 1];
    const int count = PROCESS_DESCRIPTORS + (plan->extra > 0);
    const int clear = 16; /* copies from here on are in nobody's way */

    int moved = fcntl(control, F_DUPFD_CLOEXEC, clear);
    if (moved < 0)
        fail(control, "move a descriptor");
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
    if (dup2(moved, INSIDE_CONTROL) < 0)
        fail(moved, "place a descriptor");

    /* The grader opens its files so that they close at exec, but it may have been started with
     * others open. By number, since the C library has had close_range for less long than Linux. */
    if ((count < INSIDE_CONTROL && syscall(SYS_close_range, count, INSIDE_CONTROL - 1, 0) < 0) ||
        syscall(SYS_close_range, INSIDE_CONTROL + 1, ~0u, 0) < 0)
        fail(INSIDE_CONTROL, "close other descriptors");
    return INSIDE_CONTROL;
}

/* The child's way from fork to exec. Only async-signal-safe calls. Whatever can't be set up is a
 * fail(), so that nothing runs with less protection than was asked for. The control group is joined
 * first, while its files are open. */
static _Noreturn void enter(const struct process_plan *plan, char *const *command, pid_t parent,
                            int control)
{
    bool submission = plan->purpose != PURPOSE_COMPILE;

    reset_signals();
    if (setsid() < 0)
        fail(control, "give it a session");
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        fail(control, "tie its life to ours");
    if (getppid() != parent)
        _exit(127); /* the grader died before it was watched */
    if (submission && plan->sandbox->active[LAYER_CGROUP] && !cgroup_join(&plan->sandbox->cgroup))
        fail(control, "have it join its control group");
    control = set_descriptors(plan, control);
    pin(plan, control);
    set_limits(plan, control);
    execve(command[0], command, plan->environment);
    fail(control, "start its sandbox");
}

/* ---- The other end of the socket ----------------------------------------------------------------- */

/* Receives a message, and a descriptor with it if one comes (else -1). False if the socket ended. */
static bool hear(int control, struct inside_message *message, int *descriptor)
{
    struct iovec content = {message, sizeof *message};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } ancillary = {0};
    struct msghdr packet = {.msg_iov = &content,
                            .msg_iovlen = 1,
                            .msg_control = &ancillary,
                            .msg_controllen = sizeof ancillary};
    ssize_t got;

    *descriptor = -1;
    do
        got = recvmsg(control, &packet, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR(&packet) : NULL;
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(descriptor, CMSG_DATA(header), sizeof *descriptor);
    return got == sizeof *message;
}

/* The number of the process that a pidfd stands for, as we see it; 0 if it can't be told. */
static pid_t pid_of(int pidfd)
{
    char path[64], line[128];
    int pid = 0;

    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    FILE *info = fopen(path, "re");
    while (info && fgets(line, sizeof line, info))
        if (sscanf(line, "Pid: %d", &pid) == 1)
            break;
    if (info)
        fclose(info);
    return pid > 0 ? (pid_t)pid : 0;
}

/* Waits for the program to run. */
static bool started(struct process *process, const char *program, FILE *errors)
{
    struct inside_message message;

    if (!hear(process->control, &message, &process->exited)) {
        fprintf(errors, "cannot start %s: its sandbox could not be set up\n", program);
        return false;
    }
    if (message.event == INSIDE_FAILED) {
        message.step[sizeof message.step - 1] = '\0';
        fprintf(errors, "cannot start %s: cannot %s: %s\n", program, message.step,
                strerror(message.error));
        return false;
    }
    if (message.event != INSIDE_STARTED || process->exited < 0) {
        fprintf(errors, "cannot watch %s\n", program);
        return false;
    }
    process->program_pid = pid_of(process->exited);
    return true;
}

/* Starts `command`, which leads to the program. */
static bool start(const struct process_plan *plan, char *const *command, struct process *process,
                  FILE *errors)
{
    int ends[2];
    pid_t parent = getpid();

    *process = (struct process){.exited = -1, .control = -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        fprintf(errors, "cannot start %s: no socket: %s\n", plan->argv[0], strerror(errno));
        return false;
    }
    process->control = ends[0];
    process->pid = fork();
    if (process->pid == 0)
        enter(plan, command, parent, ends[1]);
    int failed = errno;
    close(ends[1]);
    if (process->pid < 0) {
        fprintf(errors, "cannot start %s: no process: %s\n", plan->argv[0], strerror(failed));
        close(ends[0]);
        return false;
    }
    bool runs = started(process, plan->argv[0], errors);
    if (!runs)
        process_end(process, NULL);
    return runs;
}

bool process_start(const struct process_plan *plan, struct process *process, FILE *errors)
{
    static const struct view nothing;

    if (!plan->sandbox) {
        fprintf(errors, "cannot start %s: no sandbox was chosen\n", plan->argv[0]);
        return false;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    struct strings words =
        sandbox_command(plan->sandbox, plan->purpose, plan->view ? plan->view : &nothing,
                        plan->directory, plan->argv);
    char **command = strings_argv(&words);
    bool runs = start(plan, command, process, errors);
    free(command);
    strings_release(&words);
    return runs;
}

/* Waits for what the stub has to say of the program's end; false if it does not say it. */
static bool hear_of_the_end(const struct process *process, struct inside_message *message)
{
    struct pollfd wait = {.fd = process->control, .events = POLLIN};
    double deadline = clock_seconds() + PATIENCE_SECONDS;
    int descriptor, ready;

    do
        ready = poll(&wait, 1, (int)(PATIENCE_SECONDS * 1000));
    while (ready < 0 && errno == EINTR && clock_seconds() < deadline);
    return ready == 1 && hear(process->control, message, &descriptor) &&
           message->event == INSIDE_ENDED;
}

int process_end(struct process *process, struct rusage *usage)
{
    struct inside_message message = {.status = SIGKILL};

    /* The program first, and alone: then the stub can still say what it used. Through its pidfd, since
     * its number may be another process's by now. */
    if (process->exited >= 0) {
        syscall(SYS_pidfd_send_signal, process->exited, SIGKILL, NULL, 0);
        if (!hear_of_the_end(process, &message))
            message = (struct inside_message){.status = SIGKILL};
        close(process->exited);
    }
    /* Not yet waited for, so the number still belongs to this group and no other. */
    kill(-process->pid, SIGKILL);
    kill(process->pid, SIGKILL); /* it may have died before it had a group */
    while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(process->control);
    *process = (struct process){.exited = -1, .control = -1};
    if (usage)
        *usage = message.usage;
    return message.status;
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
