/* faults.c - makes things fail under the grader, and sees that it fails well.
 *
 *     faults [TIER]...
 *
 * System calls: each call by which a layer of the sandbox is set up is made to fail, first in its
 * first use and then in later ones. Whatever happens then, the submission, which tries to get out,
 * must not have run without a layer: either all it tried fails, or the grader says that it could
 * not work (exit status 3). Nothing may be left behind.
 *
 * Deaths: the grader is killed at all moments of a grading, and just before uses of the calls by
 * which namespaces are set up. No process may survive it, and the result is there whole or not at
 * all.
 *
 * How a call is made to fail: the grader is started under a filter that hands that one call to us
 * (SECCOMP_RET_USER_NOTIF). We count, let it go on, have it fail with EPERM, or kill the grader
 * first. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempt.h"
#include "course.h"

#define PROBE "tests/attacks/submissions/probe.c"

/* Of each call, so many of its uses are made to fail, spread over all of them. */
#define USES 3

/* The grader is killed so many times, at moments this far apart. */
#define DEATHS 24
#define DEATH_STEP_MS 25

/* And before so many uses of each call of a death, which are most of them. */
#define DEATH_USES 40

/* X(system call) */
#define CALLS(X)                                                                                   \
    X(landlock_create_ruleset)                                                                     \
    X(landlock_add_rule)                                                                           \
    X(landlock_restrict_self)                                                                      \
    X(seccomp)                                                                                     \
    X(prctl)                                                                                       \
    X(capset)                                                                                      \
    X(setresuid)                                                                                   \
    X(setresgid)                                                                                   \
    X(setgroups)                                                                                   \
    X(prlimit64)                                                                                   \
    X(sched_setaffinity)                                                                           \
    X(setsid)                                                                                      \
    X(close_range)                                                                                 \
    X(socketpair)                                                                                  \
    X(memfd_create)                                                                                \
    X(pidfd_open)                                                                                  \
    X(execveat)                                                                                    \
    X(execve)                                                                                      \
    X(clone)                                                                                       \
    X(unshare)                                                                                     \
    X(mount)                                                                                       \
    X(umount2)                                                                                     \
    X(pivot_root)                                                                                  \
    X(chdir)                                                                                       \
    X(pipe2)                                                                                       \
    X(dup2)                                                                                        \
    X(sendmsg)                                                                                     \
    X(recvmsg)                                                                                     \
    X(wait4)                                                                                       \
    X(mkdir)

static const struct call {
    const char *name;
    int number;
} calls[] = {
#define CALL_ROW(name) {#name, SYS_##name},
    CALLS(CALL_ROW)
#undef CALL_ROW
};

/* bubblewrap makes these between its first process and the stub's first step, some in the process
 * that stays outside and some in the one that goes in. */
static const struct call death_calls[] = {{"capset", SYS_capset}, {"prctl", SYS_prctl}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int passed, failed;

static void settle(char *wrong, const char *what, const struct stage *stage)
{
    if (wrong)
        printf("FAILED %s, tier %c: %s\n", what, stage->tier, wrong);
    *(wrong ? &failed : &passed) += 1;
    free(wrong);
}

/* ---- A call that fails ----------------------------------------------------------------------- */

struct fault {
    int call;
    int use;     /* which use fails, from 1; 0: none */
    bool deadly; /* instead of failing, it goes on, but the grader is killed before */
    int uses;    /* how many there were */
    pid_t grader;
    int told[2]; /* a socket on which the grader says where its filter listens */
};

/* In the grader: hands the call to us. */
static void filter_call(void *context)
{
    struct fault *fault = context;
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)fault->call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {COUNT(code), code};

    if (geteuid() != 0)
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    int listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                                SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    char taken;
    if (write(fault->told[1], &listener, sizeof listener) != sizeof listener ||
        read(fault->told[1], &taken, 1) !=
            1) /* exec closes it, so it must have been taken before */
        _exit(98);
}

/* Decides about one use. */
static void decide(int listener, struct fault *fault)
{
    struct seccomp_notif use;
    struct seccomp_notif_resp answer = {0};

    memset(&use, 0, sizeof use);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &use) < 0)
        return;
    answer.id = use.id;
    bool chosen = ++fault->uses == fault->use;
    if (chosen && fault->deadly)
        kill(fault->grader, SIGKILL);
    if (chosen && !fault->deadly)
        answer.error = -EPERM;
    else
        answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static void serve(int grader, void *context)
{
    struct fault *fault = context;
    int theirs = -1;

    fault->grader = grader;
    if (read(fault->told[0], &theirs, sizeof theirs) != sizeof theirs)
        return;
    int process = (int)syscall(SYS_pidfd_open, grader, 0);
    int listener = (int)syscall(SYS_pidfd_getfd, process, theirs, 0);
    if (listener < 0 || write(fault->told[0], "", 1) != 1)
        kill(grader, SIGKILL);
    struct pollfd waits[] = {{.fd = process, .events = POLLIN}, {.fd = listener, .events = POLLIN}};
    while (poll(waits, 2, 60000) > 0 && !waits[0].revents) {
        if (waits[1].revents & POLLIN)
            decide(listener, fault);
        else if (waits[1].revents)
            waits[1].fd = -1;
    }
    close(listener);
    close(process);
}

static struct outcome grade_under(struct fault *fault, const struct attack *probe,
                                  struct stage stage)
{
    struct disturbance disturbance = {filter_call, serve, fault};

    stage.disturbance = &disturbance;
    fault->uses = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fault->told) < 0) {
        perror("faults: socketpair");
        exit(3);
    }
    struct outcome outcome = attempt_grade(probe, &stage);
    close(fault->told[0]);
    close(fault->told[1]);
    return outcome;
}

/* Grades with one use failing. Returns what was wrong with that; owned. */
static char *grade_with(struct fault *fault, const struct attack *probe, const struct stage *stage)
{
    struct outcome outcome = grade_under(fault, probe, *stage);
    int status = WIFEXITED(outcome.status) ? WEXITSTATUS(outcome.status) : -1;
    const char *result = outcome_result(&outcome);
    char *wrong = NULL;
    if (outcome_printed(&outcome, "BREACH:"))
        wrong = string_format("it ran without a layer\n%s", outcome.printed);
    else if (status < 0 || (status == 3 && !*outcome.printed))
        wrong = string_format("status %d, and no word why", status);
    else if (status == 0 && (strcmp(result, "pass") != 0 || !outcome_printed(&outcome, "held:")))
        wrong = string_format("status 0, result \"%s\"\n%s", result, outcome.printed);
    outcome_release(&outcome);
    return wrong ? wrong : stage_remains(stage);
}

static void fail_calls(const struct attack *probe, const struct stage *stage)
{
    for (size_t i = 0; i < COUNT(calls); i++) {
        struct fault fault = {.call = calls[i].number};

        settle(grade_with(&fault, probe, stage), calls[i].name, stage); /* how many uses? */
        int uses = fault.uses, last = 0, failed_before = failed;
        for (int sample = 0; sample < USES && uses > 0; sample++) {
            fault.use = 1 + (int)((long)sample * (uses - 1) / (USES - 1));
            if (fault.use == last)
                continue;
            last = fault.use;
            char *what = string_format("%s, use %d of %d", calls[i].name, fault.use, uses);
            settle(grade_with(&fault, probe, stage), what, stage);
            free(what);
        }
        printf("%s  tier %c  %s, of %d uses\n", failed == failed_before ? "ok    " : "FAILED",
               stage->tier, calls[i].name, uses);
    }
    printf("tier %c: system calls: %d passed, %d failed so far\n", stage->tier, passed, failed);
}

/* ---- A death --------------------------------------------------------------------------------- */

static void nothing(void *context)
{
    (void)context;
}

static void kill_later(int grader, void *context)
{
    usleep(*(useconds_t *)context * 1000);
    kill(grader, SIGKILL);
}

/* What a grader that was killed has left: a result, or processes; owned; NULL for nothing. The
 * kernel ends what was tied to it, which takes a moment. Its folder is for the next grader to
 * remove. */
static char *left_by_dead(struct outcome *outcome, const struct stage *stage)
{
    char *left = NULL;

    if (WIFSIGNALED(outcome->status) && outcome->result)
        left = string_format("a result by a grader that was killed");
    outcome_release(outcome);
    for (int i = 0; i < 200 && !left; i++) {
        pid_t pid;
        char *survivor = stage_survivor(stage, &pid);
        if (!survivor)
            return NULL;
        if (i == 199) {
            left = string_format("a process survived: %s", survivor);
            kill(pid, SIGKILL); /* or the next death would be blamed for it */
        }
        free(survivor);
        usleep(10000);
    }
    return left;
}

static void kill_at_moments(const struct attack *probe, const struct stage *where)
{
    for (useconds_t ms = 0; ms < DEATHS * DEATH_STEP_MS; ms += DEATH_STEP_MS) {
        struct disturbance disturbance = {nothing, kill_later, &ms};
        struct stage stage = *where;

        stage.disturbance = &disturbance;
        struct outcome outcome = attempt_grade(probe, &stage);
        char *what = string_format("killed after %u ms", ms);
        settle(left_by_dead(&outcome, where), what, where);
        free(what);
    }
}

static void kill_at_uses(const struct call *call, const struct attack *probe,
                         const struct stage *stage)
{
    struct fault fault = {.call = call->number, .deadly = true};
    struct outcome outcome = grade_under(&fault, probe, *stage); /* how many uses? */
    int uses = fault.uses, last = 0;

    outcome_release(&outcome);
    for (int sample = 0; sample < DEATH_USES && uses > 0; sample++) {
        fault.use = 1 + (int)((long)sample * (uses - 1) / (DEATH_USES - 1));
        if (fault.use == last)
            continue;
        last = fault.use;
        outcome = grade_under(&fault, probe, *stage);
        char *what = string_format("killed before %s, use %d of %d", call->name, fault.use, uses);
        settle(left_by_dead(&outcome, stage), what, stage);
        free(what);
    }
}

static void kill_graders(const struct attack *probe, const struct stage *stage)
{
    kill_at_moments(probe, stage);
    for (size_t i = 0; i < COUNT(death_calls); i++)
        kill_at_uses(&death_calls[i], probe, stage);
    /* One that lives removes what the dead have left. */
    struct outcome outcome = attempt_grade(probe, stage);
    outcome_release(&outcome);
    settle(stage_remains(stage), "after all the deaths", stage);
    printf("tier %c: with the deaths: %d passed, %d failed so far\n", stage->tier, passed, failed);
}

int main(int argc, char **argv)
{
    const char *build = getenv("BUILD");
    char *course = course_new(build ? build : "build"), *all[] = {"A", "B", "C", NULL};
    char **tiers = argc > 1 ? argv + 1 : all;
    struct attack probe;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!attack_read(PROBE, &probe))
        return 3;
    for (; *tiers; tiers++) {
        struct stage stage = {.course = course, .user = geteuid(), .tier = **tiers};
        char *wrong = attempt(&probe, &stage);
        if (wrong) {
            printf("tier %c: not offered here\n", stage.tier);
            free(wrong);
            continue;
        }
        fail_calls(&probe, &stage);
        kill_graders(&probe, &stage);
    }
    printf("\n%d passed, %d failed\n", passed, failed);
    attack_release(&probe);
    course_free(course);
    return failed || passed == 0 ? 1 : 0;
}
