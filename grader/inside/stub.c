/* stub.c - sets up the inner layers of the sandbox, runs the program in them, and says how it ended.
 *
 * bubblewrap makes the namespaces and then starts us, as process 1 of the new ones. What is left to do
 * has to be done from within, and in an order in which each step still may do what it must:
 *
 *     Landlock's rules   while all files can be opened
 *     the program        is opened, since the user that it will run as may not get to it by its path
 *     Landlock           on; no file can be opened any more but those granted
 *     privileges         dropped, and with them the user
 *     seccomp            last: none of the steps above is allowed by it
 *     exec
 *
 * Any step that fails ends the child before exec: nothing ever runs with less than was asked for.
 *
 * The stub stays, for three reasons. As process 1 it must not be the program: the kernel hides signals
 * from process 1, and abort() would not end it. It alone can say how much CPU time the program took.
 * And when the grader dies, it learns so from the socket and kills the program. It cannot be watched or
 * changed by the program: it is undumpable, and another process than the program's. */
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
#include "privileges.h"
#include "protocol.h"
#include "seccomp.h"

extern char **environ;

/* What was asked for. */
struct orders {
    char **words;   /* the options; grants are read straight from them */
    char **program; /* its argv */
    const char *directory;
    bool landlock, seccomp;
    enum drop { DROP_NOTHING, DROP_CAPABILITIES, DROP_USER } drop;
    enum purpose purpose;
};

/* ---- In the child: inwards, layer by layer ------------------------------------------------------- */

static _Noreturn void fail(int pipe, const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    (void)!write(pipe, &message, sizeof message);
    _exit(127);
}

static const char *value_of(const char *word, const char *option)
{
    size_t length = strlen(option);

    return strncmp(word, option, length) == 0 ? word + length : NULL;
}

static void add_rules(struct landlock *landlock, const struct orders *orders, int pipe)
{
    static const struct {
        const char *option;
        enum grant grant;
    } grants[] = {
        {INSIDE_READ, GRANT_READ}, {INSIDE_EXECUTE, GRANT_EXECUTE}, {INSIDE_WRITE, GRANT_WRITE}};

    for (char **word = orders->words; *word; word++) {
        for (size_t i = 0; i < sizeof grants / sizeof *grants; i++) {
            const char *path = value_of(*word, grants[i].option);

            if (path && !landlock_grant(landlock, path, grants[i].grant))
                fail(pipe, "grant it a path by Landlock");
        }
    }
}

static void enter_landlock(const struct orders *orders, int pipe)
{
    struct landlock landlock;

    if (!landlock_begin(&landlock, orders->purpose == PURPOSE_LOOPBACK))
        fail(pipe, "use Landlock");
    add_rules(&landlock, orders, pipe);
    if (!landlock_enter(&landlock))
        fail(pipe, "enter Landlock");
}

static void start(const struct orders *orders, int program)
{
    if (program >= 0)
        syscall(SYS_execveat, program, "", orders->program, environ, AT_EMPTY_PATH);
    else
        execvp(orders->program[0], orders->program);
}

static _Noreturn void enter(const struct orders *orders, pid_t stub, int pipe)
{
    int program = -1;

    if (orders->directory && chdir(orders->directory) < 0)
        fail(pipe, "go to its folder");
    if (orders->drop == DROP_USER && (program = open(orders->program[0], O_PATH | O_CLOEXEC)) < 0)
        fail(pipe, "open it");
    if (orders->drop && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        fail(pipe, "rule out new privileges");
    if (orders->landlock)
        enter_landlock(orders, pipe);
    if (orders->drop && !privileges_drop(orders->drop == DROP_CAPABILITIES))
        fail(pipe, "drop its privileges");
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) /* only now: a change of the user undoes it */
        fail(pipe, "tie its life to the stub's");
    if (getppid() != stub)
        _exit(127);
    if (orders->seccomp && (errno = seccomp_enter(orders->purpose)) != 0)
        fail(pipe, "filter its system calls");
    start(orders, program);
    fail(pipe, "run it");
}

/* ---- In the stub --------------------------------------------------------------------------------- */

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

static int give_up(const char *step)
{
    struct inside_message message = {.event = INSIDE_FAILED, .error = errno};

    strncpy(message.step, step, sizeof message.step - 1);
    say(&message, -1);
    return 1;
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

static int hold(const struct orders *orders)
{
    struct inside_message message = {0};
    int ends[2];
    pid_t stub = getpid();

    /* Nothing of ours goes on to the program, and the program cannot look into us. */
    if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        return give_up("protect the stub");
    if (fcntl(INSIDE_CONTROL, F_SETFD, FD_CLOEXEC) < 0 ||
        syscall(SYS_close_range, INSIDE_CONTROL + 1, ~0u, 0) < 0 || pipe2(ends, O_CLOEXEC) < 0)
        return give_up("set up its descriptors");
    pid_t program = fork();
    if (program < 0)
        return give_up("make a process");
    if (program == 0)
        enter(orders, stub, ends[1]);
    close(ends[1]);
    int pidfd = (int)syscall(SYS_pidfd_open, program, 0);
    if (pidfd < 0) {
        int failed = errno;
        kill(program, SIGKILL);
        errno = failed;
        return give_up("watch it");
    }
    if (has_failed(ends[0], &message)) {
        waitpid(program, NULL, 0);
        say(&message, -1);
        return 1;
    }
    /* Our copies of its descriptors would keep its pipes open after it has closed them. */
    for (int i = 0; i < INSIDE_CONTROL; i++)
        close(i);
    say(&(struct inside_message){.event = INSIDE_STARTED}, pidfd);
    attend(program, pidfd);
    return 0;
}

/* ---- Orders -------------------------------------------------------------------------------------- */

static bool take_purpose(struct orders *orders, const char *name)
{
    static const char *const names[] = {
#define PURPOSE_NAME(name, text) [PURPOSE_##name] = text,
        PURPOSES(PURPOSE_NAME)
#undef PURPOSE_NAME
    };

    for (size_t i = 0; i < sizeof names / sizeof *names && !orders->seccomp; i++) {
        orders->seccomp = strcmp(names[i], name) == 0;
        orders->purpose = (enum purpose)i;
    }
    return orders->seccomp;
}

/* Takes in one option; false if it is none. */
static bool take_option(struct orders *orders, const char *word)
{
    const char *purpose = value_of(word, INSIDE_SECCOMP);
    const char *directory = value_of(word, INSIDE_DIRECTORY);

    if (purpose)
        return take_purpose(orders, purpose);
    if (directory) {
        orders->directory = directory;
        return true;
    }
    if (strcmp(word, INSIDE_LANDLOCK) == 0)
        return orders->landlock = true;
    if (strcmp(word, INSIDE_DROP_USER) == 0)
        return (orders->drop = DROP_USER);
    if (strcmp(word, INSIDE_DROP_CAPABILITIES) == 0)
        return (orders->drop = DROP_CAPABILITIES);
    return value_of(word, INSIDE_READ) || value_of(word, INSIDE_EXECUTE) ||
           value_of(word, INSIDE_WRITE);
}

int stub_hold(char **words)
{
    struct orders orders = {.words = words};

    for (; *words && strcmp(*words, "--") != 0; words++) {
        if (!take_option(&orders, *words)) {
            errno = EINVAL;
            return give_up("understand what was asked for");
        }
    }
    if (!*words || !words[1]) {
        errno = EINVAL;
        return give_up("see what to run");
    }
    *words = NULL; /* the end of the options */
    orders.program = words + 1;
    unsetenv("PWD"); /* bubblewrap sets it */
    return hold(&orders);
}
