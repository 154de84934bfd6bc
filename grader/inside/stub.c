/* stub.c - sets up the inner layers of the sandbox, runs a program in them, and says how it ended.
 *
 * bubblewrap makes the namespaces and then starts us, as process 1 of the new ones. What is left to
 * do has to be done from within, by the process that becomes the program, and in an order in which
 * each step still may do what it must:
 *
 *     descriptors, limits, CPUs
 *     the program        is opened, since the user that it will run as may not get to it by its path
 *     Landlock           on; no file can be opened any more but those granted
 *     privileges         dropped, and with them the user
 *     seccomp            last: none of the steps above is allowed by it
 *     exec
 *
 * Any step that fails ends the process before exec: nothing ever runs with less than was asked for.
 *
 * The stub stays, for three reasons. As process 1 it must not be the program: the kernel hides
 * signals from process 1, and abort() would not end it. It alone can say how much CPU time the
 * program took. And when the grader dies, it learns so from the socket and kills the program. It
 * cannot be watched or changed by the program: it is undumpable, and another process than the
 * program's.
 *
 * It serves one program after the other, because namespaces take the kernel several milliseconds to
 * make and to take down. Nothing goes on from one program to the next: where the grader uses a stub
 * again (cell.c), a program can make no process, no file and nothing else that outlives it. */
#include "stub.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "landlock.h"
#include "limits.h"
#include "order.h"
#include "privileges.h"
#include "protocol.h"
#include "seccomp.h"

extern char **environ;

/* Copies of descriptors from here on are in nobody's way. */
#define CLEAR 16

/* ---- In the child: inwards, layer by layer --------------------------------------------------- */

static _Noreturn void fail(int pipe, const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    (void)!write(pipe, &message, sizeof message);
    _exit(127);
}

/* Gives the program its descriptors. All others of ours close at exec. */
static void place_descriptors(const struct order *order, int pipe)
{
    int copies[INSIDE_CONTROL];

    for (int i = 0; i < order->descriptors_count; i++)
        if ((copies[i] = fcntl(order->descriptors[i], F_DUPFD_CLOEXEC, CLEAR)) < 0)
            fail(pipe, "copy a descriptor");
    for (int i = 0; i < order->descriptors_count; i++)
        if (dup2(copies[i], i) < 0)
            fail(pipe, "place a descriptor");
}

static void add_rules(struct landlock *landlock, const struct order *order, int pipe)
{
    static const struct {
        const char *option;
        enum grant grant;
    } grants[] = {
        {INSIDE_READ, GRANT_READ}, {INSIDE_EXECUTE, GRANT_EXECUTE}, {INSIDE_WRITE, GRANT_WRITE}};

    for (char *const *word = order->words; *word; word++) {
        for (size_t i = 0; i < sizeof grants / sizeof *grants; i++) {
            const char *path = order_value(*word, grants[i].option);

            if (path && !landlock_grant(landlock, path, grants[i].grant))
                fail(pipe, "grant it a path by Landlock");
        }
    }
}

static void enter_landlock(const struct order *order, int pipe)
{
    struct landlock landlock;

    if (!landlock_begin(&landlock, order->purpose == PURPOSE_LOOPBACK))
        fail(pipe, "use Landlock");
    add_rules(&landlock, order, pipe);
    if (!landlock_enter(&landlock))
        fail(pipe, "enter Landlock");
}

static void start(const struct order *order, int program)
{
    if (program >= 0)
        syscall(SYS_execveat, program, "", order->program, environ, AT_EMPTY_PATH);
    else
        execvp(order->program[0], order->program);
}

static _Noreturn void enter(struct order *order, pid_t stub, int pipe)
{
    int program = -1;

    pipe = fcntl(pipe, F_DUPFD_CLOEXEC, CLEAR);
    place_descriptors(order, pipe);
    environ = order->variables;
    if (!limits_pin(order))
        fail(pipe, "pin it to its CPUs");
    if (!limits_set(order))
        fail(pipe, "set a resource limit");
    if (order->directory && chdir(order->directory) < 0)
        fail(pipe, "go to its folder");
    if (order->drop == DROP_USER && (program = open(order->program[0], O_PATH | O_CLOEXEC)) < 0)
        fail(pipe, "open it");
    if (order->drop && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        fail(pipe, "rule out new privileges");
    if (order->landlock)
        enter_landlock(order, pipe);
    if (order->drop && !privileges_drop(order->drop == DROP_CAPABILITIES))
        fail(pipe, "drop its privileges");
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) /* only now: a change of the user undoes it */
        fail(pipe, "tie its life to the stub's");
    if (getppid() != stub)
        _exit(127);
    if (order->seccomp && (errno = seccomp_enter(order->purpose)) != 0)
        fail(pipe, "filter its system calls");
    start(order, program);
    fail(pipe, "run it");
}

/* ---- In the stub ----------------------------------------------------------------------------- */

/* Sends a message, with a descriptor unless that is -1. If the grader is gone, nobody is left to
 * tell. */
static void say(const struct inside_message *message, int descriptor)
{
    struct iovec content = {(void *)message, sizeof *message};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr packet = {.msg_iov = &content, .msg_iovlen = 1};

    if (descriptor >= 0) {
        packet.msg_control = &control;
        packet.msg_controllen = sizeof control;
        *CMSG_FIRSTHDR(&packet) = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
        memcpy(CMSG_DATA(CMSG_FIRSTHDR(&packet)), &descriptor, sizeof descriptor);
    }
    sendmsg(INSIDE_CONTROL, &packet, MSG_NOSIGNAL);
}

static void say_failed(const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    say(&message, -1);
}

/* Waits for the program's end, or brings it about when the grader is gone. */
static void attend(pid_t program, int pidfd)
{
    struct inside_message ended = {.event = INSIDE_ENDED};
    struct pollfd waits[] = {{.fd = pidfd, .events = POLLIN}, {.fd = INSIDE_CONTROL}};

    while (poll(waits, 2, -1) < 0 && errno == EINTR)
        ;
    if (!waits[0].revents)
        kill(program, SIGKILL);
    while (wait4(program, &ended.status, 0, &ended.usage) < 0 && errno == EINTR)
        ;
    say(&ended, -1);
}

/* What the child has to say; false if it has started the program, which closed the pipe. */
static bool has_failed(int pipe, struct inside_message *message)
{
    ssize_t got;

    do
        got = read(pipe, message, sizeof *message);
    while (got < 0 && errno == EINTR);
    return got > 0;
}

/* Follows the program from its first step to its last. */
static void watch(pid_t program, int pipe)
{
    struct inside_message message = {0};
    int pidfd = (int)syscall(SYS_pidfd_open, program, 0);

    if (pidfd < 0) {
        say_failed("watch it");
        kill(program, SIGKILL);
        waitpid(program, NULL, 0);
        return;
    }
    if (has_failed(pipe, &message)) {
        waitpid(program, NULL, 0);
        say(&message, -1);
    } else {
        say(&(struct inside_message){.event = INSIDE_STARTED}, pidfd);
        attend(program, pidfd);
    }
    close(pidfd);
}

static void close_descriptors(struct order *order)
{
    for (int i = 0; i < order->descriptors_count; i++)
        close(order->descriptors[i]);
    order->descriptors_count = 0;
}

static void carry_out(struct order *order)
{
    int ends[2];
    pid_t stub = getpid();

    if (pipe2(ends, O_CLOEXEC) < 0) {
        say_failed("make a pipe");
        close_descriptors(order);
        return;
    }
    pid_t program = fork();
    if (program == 0)
        enter(order, stub, ends[1]);
    if (program < 0)
        say_failed("make a process");
    close(ends[1]);
    close_descriptors(order); /* our copies would keep its pipes open after it has closed them */
    if (program > 0)
        watch(program, ends[0]);
    close(ends[0]);
}

int stub_serve(void)
{
    static struct order order;
    int received;

    /* Nothing of ours goes on to the program, and the program cannot look into us. */
    if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
        fcntl(INSIDE_CONTROL, F_SETFD, FD_CLOEXEC) < 0 ||
        syscall(SYS_close_range, INSIDE_CONTROL + 1, ~0u, 0) < 0) {
        say_failed("protect the stub");
        return 1;
    }
    while ((received = order_receive(INSIDE_CONTROL, &order)) != 0) {
        if (received > 0)
            carry_out(&order);
        else
            say_failed("understand what was asked for");
        close_descriptors(&order);
    }
    return 0;
}
