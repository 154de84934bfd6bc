/* cell.c - makes cells, talks with their stubs, and keeps those that can be used again.
 *
 * The outermost process of each is its keeper (keeper.c), which executes the command of the outer
 * layers, which ends in the stub. Whether that worked is known when the stub answers its first
 * order, and not before: bubblewrap may fail long after its exec. */
#include "cell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

/* A grading uses one for each of its programs: submission and oracle, real and simulated. */
#define WAITING_MOST 4

static struct cell waiting[WAITING_MOST];

/* ---- Making one ------------------------------------------------------------------------------ */

static bool make(char *const *command, const struct cgroup *cgroup, struct cell *cell, FILE *errors)
{
    int ends[2];

    *cell = (struct cell){.control = -1};
    cell->complaints = memfd_create("complaints", MFD_CLOEXEC);
    if (cell->complaints < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        fprintf(errors, "no sandbox: no socket: %s\n", strerror(errno));
        cell_kill(cell);
        return false;
    }
    cell->control = ends[0];
    pid_t child = fork();
    if (child == 0)
        keeper_run(command, cgroup, ends[1], cell->complaints);
    int failed = errno;
    close(ends[1]);
    if (child < 0) {
        fprintf(errors, "no sandbox: no process: %s\n", strerror(failed));
        cell_kill(cell);
        return false;
    }
    cell->pid = child;
    return true;
}

/* Whether a cell can't hand anything on from one program to the next. */
static bool can_be_used_again(const struct sandbox *sandbox, enum purpose purpose)
{
    return purpose == PURPOSE_RUN && sandbox->active[LAYER_SECCOMP] &&
           sandbox->active[LAYER_LANDLOCK];
}

/* Takes the one with this key out of those that wait. A cell that has died meanwhile is no cell. */
static bool take_waiting(const char *key, struct cell *cell)
{
    for (int i = 0; i < WAITING_MOST; i++) {
        if (!waiting[i].key || strcmp(waiting[i].key, key) != 0)
            continue;
        struct pollfd socket = {.fd = waiting[i].control, .events = POLLIN};
        *cell = waiting[i];
        waiting[i] = (struct cell){0};
        if (poll(&socket, 1, 0) == 0) /* it has nothing to say before it gets an order */
            return true;
        cell_kill(cell);
    }
    return false;
}

bool cell_take(const struct sandbox *sandbox, enum purpose purpose, const struct view *view,
               struct cell *cell, FILE *errors)
{
    const struct cgroup *cgroup =
        purpose != PURPOSE_COMPILE && sandbox->active[LAYER_CGROUP] ? &sandbox->cgroup : NULL;
    struct strings words = sandbox_command(sandbox, view);
    char *joined = strings_join(&words, " ");
    char *key = string_format("%s %s", cgroup ? cgroup->name : "", joined);
    char **command = strings_argv(&words);
    bool again = can_be_used_again(sandbox, purpose);

    bool taken = again && take_waiting(key, cell);
    if (!taken) {
        taken = make(command, cgroup, cell, errors);
        cell->key = taken && again ? string_copy(key) : NULL;
    }
    free(command);
    free(key);
    free(joined);
    strings_release(&words);
    return taken;
}

/* ---- Talking --------------------------------------------------------------------------------- */

bool cell_order(const struct cell *cell, const struct strings *order, const int *descriptors,
                int count)
{
    char text[INSIDE_ORDER_BYTES];
    size_t size = 0;
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(INSIDE_CONTROL * sizeof(int))];
    } control = {0};
    struct iovec content = {.iov_base = text};
    struct msghdr packet = {.msg_iov = &content,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE((size_t)count * sizeof(int))};

    for (size_t i = 0; i < order->count; i++) {
        size_t length = strlen(order->items[i]) + 1;
        errno = E2BIG;
        if (length > sizeof text - size)
            return false;
        memcpy(text + size, order->items[i], length);
        size += length;
    }
    content.iov_len = size;
    *CMSG_FIRSTHDR(&packet) = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
                                               .cmsg_type = SCM_RIGHTS,
                                               .cmsg_len = CMSG_LEN((size_t)count * sizeof(int))};
    memcpy(CMSG_DATA(CMSG_FIRSTHDR(&packet)), descriptors, (size_t)count * sizeof *descriptors);
    return sendmsg(cell->control, &packet, MSG_NOSIGNAL) == (ssize_t)size;
}

bool cell_hear(const struct cell *cell, int timeout_ms, struct inside_message *message,
               int *descriptor)
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
    struct pollfd wait = {.fd = cell->control, .events = POLLIN};
    ssize_t got;

    *descriptor = -1;
    while (poll(&wait, 1, timeout_ms) < 0 && errno == EINTR)
        ;
    if (!wait.revents)
        return false;
    do
        got = recvmsg(cell->control, &packet, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *header = got > 0 ? CMSG_FIRSTHDR(&packet) : NULL;
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(descriptor, CMSG_DATA(header), sizeof *descriptor);
    return got == sizeof *message;
}

char *cell_complaint(const struct cell *cell)
{
    char text[500];
    ssize_t count = pread(cell->complaints, text, sizeof text - 1, 0);

    text[count > 0 ? count : 0] = '\0';
    text[strcspn(text, "\n")] = '\0';
    return string_copy(text);
}

/* ---- The end --------------------------------------------------------------------------------- */

void cell_kill(struct cell *cell)
{
    if (cell->pid > 0) {
        /* Not yet waited for, so the number still belongs to this keeper and its group, and to no
         * other. The keeper first: if it has no group yet, it will start nothing any more. */
        kill(cell->pid, SIGKILL);
        kill(-cell->pid, SIGKILL);
        while (waitpid(cell->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        /* When one dies, its children are ours (process.c), down to the stub and its program. */
        while (waitpid(-cell->pid, NULL, 0) > 0 || errno == EINTR)
            ;
    }
    if (cell->control >= 0)
        close(cell->control);
    if (cell->complaints >= 0)
        close(cell->complaints);
    free(cell->key);
    *cell = (struct cell){.control = -1, .complaints = -1};
}

void cell_give_back(struct cell *cell, bool program_is_over)
{
    if (!cell->key || !program_is_over) {
        cell_kill(cell);
        return;
    }
    for (int i = 0; i < WAITING_MOST; i++) {
        if (waiting[i].pid == 0) {
            waiting[i] = *cell;
            *cell = (struct cell){.control = -1, .complaints = -1};
            return;
        }
    }
    /* The one that has waited longest makes room. */
    cell_kill(&waiting[0]);
    memmove(waiting, waiting + 1, (WAITING_MOST - 1) * sizeof *waiting);
    waiting[WAITING_MOST - 1] = *cell;
    *cell = (struct cell){.control = -1, .complaints = -1};
}

void cells_kill(void)
{
    for (int i = 0; i < WAITING_MOST; i++) {
        if (waiting[i].pid > 0)
            cell_kill(&waiting[i]);
        waiting[i] = (struct cell){0};
    }
}

bool cells_include(pid_t child)
{
    for (int i = 0; i < WAITING_MOST; i++)
        if (child == waiting[i].pid)
            return true;
    return false;
}
