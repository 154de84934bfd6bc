/* process.c - says in the words of the stub what to run and how, and sees to its end.
 *
 * The program runs when the stub says so, and not before. So "could not be started" and "ended at
 * once" are never mixed up, and a sandbox that breaks on the way never looks like a program that
 * runs.
 *
 * Nobody is left behind. With a filter, the program can make no processes. A compiler can: in a
 * process namespace, they die with the stub, which is its first process. Without filter and
 * namespace (tier D), the program is killed with its whole process group, and the grader is the
 * reaper of its descendants (PR_SET_CHILD_SUBREAPER), so that a process which left the group and
 * lost its parent becomes the grader's child, and is killed as such. If the grader itself dies, the
 * keeper sees its socket end, and kills all of the cell that is in its group (keeper.c); the stub
 * sees it, too, and kills the program. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"
#include "inside/protocol.h"

/* After the program was killed, the stub only has to say so. */
#define PATIENCE_MS 5000

/* For a sandbox that is set up on a machine that does a lot else. */
#define SETUP_MS 60000

/* ---- The order ------------------------------------------------------------------------------- */

static void add_number(struct strings *order, const char *option, uint64_t value)
{
    char *word = string_format("%s%llu", option, (unsigned long long)value);

    if (value > 0) /* else there is no limit */
        strings_add(order, word);
    free(word);
}

static void add_cpus(struct strings *order, const struct process_plan *plan)
{
    char *list = string_copy(INSIDE_CPUS);

    if (plan->cpus) {
        for (int i = 0; i < plan->cpus_count; i++) {
            char *longer = string_format("%s%s%d", list, i > 0 ? "," : "", plan->cpus->ids[i]);
            free(list);
            list = longer;
        }
        strings_add(order, list);
    }
    free(list);
}

/* In a sandbox with a network, submissions may use it. */
static enum purpose purpose_of(const struct process_plan *plan)
{
    return plan->sandbox->loopback && plan->purpose == PURPOSE_RUN ? PURPOSE_LOOPBACK
                                                                   : plan->purpose;
}

static struct strings order_of(const struct process_plan *plan, const struct view *view)
{
    struct strings order = {0};

    add_cpus(&order, plan);
    add_number(&order, INSIDE_CPU_SECONDS, (uint64_t)plan->cpu_s);
    add_number(&order, INSIDE_ADDRESS, plan->address_bytes);
    add_number(&order, INSIDE_FILE, plan->file_bytes);
    for (char *const *variable = plan->environment; *variable; variable++) {
        char *word = string_format(INSIDE_VARIABLE "%s", *variable);
        strings_add(&order, word);
        free(word);
    }
    sandbox_add_layers(plan->sandbox, purpose_of(plan), view, plan->directory, &order);
    strings_add(&order, "--");
    for (char *const *word = plan->argv; *word; word++)
        strings_add(&order, *word);
    return order;
}

/* Sends the order, with descriptors for 0 to 4, or 5. */
static bool send_order(const struct process_plan *plan, const struct view *view,
                       const struct cell *cell)
{
    int descriptors[PROCESS_DESCRIPTORS + 1];
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    struct strings order = order_of(plan, view);

    for (int i = 0; i < PROCESS_DESCRIPTORS; i++)
        descriptors[i] = plan->descriptors[i] < 0 ? nothing : plan->descriptors[i];
    descriptors[PROCESS_DESCRIPTORS] = plan->extra;
    bool sent = cell_order(cell, &order, descriptors, PROCESS_DESCRIPTORS + (plan->extra > 0));
    int failed = errno;
    strings_release(&order);
    if (nothing >= 0)
        close(nothing);
    errno = failed;
    return sent;
}

/* ---- From start to end ----------------------------------------------------------------------- */

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

static void explain_broken_cell(const struct cell *cell, const char *program, FILE *errors)
{
    char *complaint = cell_complaint(cell);

    fprintf(errors, "cannot start %s: its sandbox could not be set up%s%s\n", program,
            *complaint ? ": " : "", complaint);
    free(complaint);
}

/* Waits for the program to run. */
static bool started(struct process *process, const char *program, FILE *errors)
{
    struct inside_message message;

    if (!cell_hear(&process->cell, SETUP_MS, &message, &process->exited)) {
        explain_broken_cell(&process->cell, program, errors);
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

bool process_start(const struct process_plan *plan, struct process *process, FILE *errors)
{
    static const struct view nothing;
    const struct view *view = plan->view ? plan->view : &nothing;

    *process = (struct process){.exited = -1};
    if (!plan->sandbox) {
        fprintf(errors, "cannot start %s: no sandbox was chosen\n", plan->argv[0]);
        return false;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (!cell_take(plan->sandbox, purpose_of(plan), view, &process->cell, errors))
        return false;
    /* If it can't be sent for another reason, the stub is not there, and started() finds out what
     * was said of it. */
    if (!send_order(plan, view, &process->cell) && errno == E2BIG)
        fprintf(errors, "cannot start %s: there is too much to tell it\n", plan->argv[0]);
    else if (started(process, plan->argv[0], errors))
        return true;
    if (process->exited >= 0)
        close(process->exited);
    cell_kill(&process->cell);
    return false;
}

int process_end(struct process *process, struct rusage *usage)
{
    struct inside_message message;
    int descriptor;

    /* Through its pidfd, since its number may be another process's by now. Then the stub says what
     * it used. */
    syscall(SYS_pidfd_send_signal, process->exited, SIGKILL, NULL, 0);
    bool over = cell_hear(&process->cell, PATIENCE_MS, &message, &descriptor) &&
                message.event == INSIDE_ENDED;
    if (descriptor >= 0)
        close(descriptor);
    if (!over)
        message = (struct inside_message){.status = SIGKILL};
    close(process->exited);
    cell_give_back(&process->cell, over);
    *process = (struct process){.exited = -1};
    if (usage)
        *usage = message.usage;
    return message.status;
}

/* The number of some child of this process that is none of the cells which wait, or 0. */
static pid_t some_child(void)
{
    char path[64];
    int child = 0;

    /* The kernel hands orphans to the thread that it finds first, which is the main one. */
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *children = fopen(path, "re");
    if (!children)
        return 0;
    do {
        if (fscanf(children, "%d", &child) != 1)
            child = 0;
    } while (child > 0 && cells_include((pid_t)child));
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
