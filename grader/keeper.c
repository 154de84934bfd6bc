/* keeper.c - the outermost process of a cell: starts what is in it, and ends it.
 *
 * Who ends whom, if anyone dies:
 *
 *     the grader     closes its end of the control socket, which the keeper waits for
 *     the keeper     the kernel kills its child (PR_SET_PDEATHSIG)
 *     its child      the keeper waits for it, too, and kills what may be left of the group
 *
 * None of that begins too late. The socket is there before the keeper is, and the child looks for
 * its parent after it has tied its life to it. */
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "inside/protocol.h"

static _Noreturn void fail(int control, const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    (void)!write(control, &message, sizeof message);
    _exit(127);
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

/* 0 and 1 are nothing, 2 is for complaints, INSIDE_CONTROL is the socket; all others are closed.
 * The grader opens its files so that they close at exec, but it may have been started with others
 * open. By number, since the C library has had close_range for less long than Linux. */
static void set_descriptors(int control, int complaints)
{
    const int clear = 16; /* copies from here on are in nobody's way */
    int moved = fcntl(control, F_DUPFD_CLOEXEC, clear);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    complaints = fcntl(complaints, F_DUPFD_CLOEXEC, clear);
    nothing = fcntl(nothing, F_DUPFD_CLOEXEC, clear);
    if (moved < 0 || complaints < 0 || nothing < 0)
        fail(control, "copy a descriptor");
    if (dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(complaints, 2) < 0 ||
        dup2(moved, INSIDE_CONTROL) < 0)
        fail(moved, "place a descriptor");
    if (syscall(SYS_close_range, 3, INSIDE_CONTROL - 1, 0) < 0 ||
        syscall(SYS_close_range, INSIDE_CONTROL + 1, ~0u, 0) < 0)
        fail(INSIDE_CONTROL, "close other descriptors");
}

/* Inwards. What can't be set up is a fail(), so that nothing runs with less protection than was
 * asked for. The control group is joined first, while its files are open. */
static _Noreturn void enter(char *const *command, const struct cgroup *cgroup, pid_t keeper,
                            int control, int complaints)
{
    char *none[] = {NULL};

    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        fail(control, "tie its life to its keeper's");
    if (getppid() != keeper)
        _exit(127);
    if (cgroup && !cgroup_join(cgroup))
        fail(control, "have it join its control group");
    set_descriptors(control, complaints);
    execve(command[0], command, none);
    fail(INSIDE_CONTROL, "start its sandbox");
}

/* Waits until one of both is over: the grader, or the child. */
static void keep(int child)
{
    struct pollfd ends[] = {{.fd = INSIDE_CONTROL}, {.fd = child, .events = POLLIN}};

    while (poll(ends, 2, -1) < 0 && errno == EINTR)
        ;
}

_Noreturn void keeper_run(char *const *command, const struct cgroup *cgroup, int control,
                          int complaints)
{
    pid_t keeper = getpid();

    prctl(PR_SET_NAME, "barista-keeper"); /* as ps shows it, beside the grader's command */
    reset_signals();
    if (setsid() < 0)
        fail(control, "give it a session");
    pid_t child = fork();
    if (child == 0)
        enter(command, cgroup, keeper, control, complaints);
    if (child < 0)
        fail(control, "make its first process");
    set_descriptors(control, complaints);
    int pidfd = (int)syscall(SYS_pidfd_open, child, 0);
    if (pidfd < 0)
        fail(INSIDE_CONTROL, "watch its first process");
    keep(pidfd);
    kill(0, SIGKILL); /* the child, all of its descendants in the group, and the keeper */
    _exit(127);
}
