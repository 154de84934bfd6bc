/* Tests of grader/process.c: starting, limiting and ending programs of the system. What a
 * program finds (descriptors, signals, CPUs) is tested through run.c. */
#include "process.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "text.h"

static char *environment[] = {"PATH=/usr/bin:/bin", NULL};

/* A shell that runs a script. argv lives as long as the caller's array. */
static struct process_plan plan_of(char *argv[4], const char *script)
{
    argv[0] = "sh";
    argv[1] = "-c";
    argv[2] = (char *)script;
    argv[3] = NULL;
    return (struct process_plan){.sandbox = sandbox_none(),
                                 .argv = argv,
                                 .environment = environment,
                                 .descriptors = {-1, -1, -1, -1, -1}};
}

/* Waits until it has ended by itself. Returns what wait() says. */
static int wait_for(struct process *process)
{
    ck_assert_int_eq(poll(&(struct pollfd){.fd = process->exited, .events = POLLIN}, 1, -1), 1);
    return process_end(process, NULL);
}

static int status_of(struct process_plan *plan)
{
    struct process process;

    ck_assert(process_start(plan, &process, stderr));
    return wait_for(&process);
}

START_TEST(a_program_runs_and_its_status_comes_back)
{
    char *argv[4];
    struct process_plan plan = plan_of(argv, "exit 7");
    int status = status_of(&plan);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 7);
}
END_TEST

START_TEST(a_program_that_is_not_there_is_told_from_one_that_fails)
{
    char *argv[] = {"no-such-program", NULL}, *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    struct process process;
    struct process_plan plan = {.sandbox = sandbox_none(),
                                .argv = argv,
                                .environment = environment,
                                .descriptors = {-1, -1, -1, -1, -1}};

    ck_assert(!process_start(&plan, &process, errors));
    fclose(errors);
    ck_assert_str_eq(text,
                     "cannot start no-such-program: cannot run it: No such file or directory\n");
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* and there is nothing to wait for */
    free(text);
}
END_TEST

START_TEST(a_cpu_that_does_not_exist_is_no_program_failure)
{
    char *argv[4], *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    struct cpus cpus = {.ids = {8191}, .count = 1};
    struct process process;
    struct process_plan plan = plan_of(argv, "exit 0");

    plan.cpus = &cpus;
    plan.cpus_count = 1;
    ck_assert(!process_start(&plan, &process, errors));
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "cannot pin it to its CPUs"));
    free(text);
}
END_TEST

START_TEST(an_order_that_is_too_long_is_refused_without_waiting)
{
    char *argv[4], *text = NULL, *word = memory_new(70000);
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    struct process process;
    memset(word, 'x', 69999);
    char *long_environment[] = {word, NULL};
    struct process_plan plan = plan_of(argv, "exit 0");

    plan.environment = long_environment;
    ck_assert(!process_start(&plan, &process, errors));
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "too much to tell it"));
    free(text);
    free(word);
}
END_TEST

START_TEST(limits_are_set)
{
    char *argv[4];
    struct process_plan plan =
        plan_of(argv, "test $(ulimit -c) = 0 && test $(ulimit -t) = 9 && "
                      "test $(ulimit -v) = 1048576 && test $(ulimit -f) = 2048");

    plan.cpu_s = 9;
    plan.address_bytes = (uint64_t)1 << 30;
    plan.file_bytes = 1 << 20;
    ck_assert_int_eq(status_of(&plan), 0);
}
END_TEST

START_TEST(a_stricter_limit_of_ours_stays)
{
    char *argv[4];
    struct process_plan plan = plan_of(argv, "test $(ulimit -t) = 5");

    ck_assert_int_eq(setrlimit(RLIMIT_CPU, &(struct rlimit){5, 5}), 0);
    plan.cpu_s = 9;
    ck_assert_int_eq(status_of(&plan), 0);
}
END_TEST

START_TEST(a_program_that_runs_is_killed_at_its_end)
{
    char *argv[4];
    struct process process;
    struct rusage usage;
    struct process_plan plan = plan_of(argv, "sleep 1000");

    ck_assert(process_start(&plan, &process, stderr));
    int status = process_end(&process, &usage);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGKILL);
    ck_assert_int_gt(usage.ru_maxrss, 0);
}
END_TEST

START_TEST(its_children_are_killed_with_it)
{
    char *argv[4], byte;
    int ends[2];
    struct process process;
    struct process_plan plan = plan_of(argv, "sleep 1000 & echo begun >&4; wait");

    ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
    plan.descriptors[4] = ends[1];
    ck_assert(process_start(&plan, &process, stderr));
    close(ends[1]);
    for (int i = 0; i < 6; i++) /* "begun\n": the child is there */
        ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    process_end(&process, NULL);
    /* The end of the pipe comes when the last one who holds it is gone. */
    ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}
END_TEST

START_TEST(no_child_is_left_after_orphans_were_ended)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int i = 0; i < 5; i++)
        if (fork() == 0) {
            setsid();
            if (fork() == 0)
                for (;;)
                    pause();
            _exit(0); /* the grandchild becomes ours */
        }
    process_end_orphans();
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

/* Stands in for a grader that dies while a program runs. */
START_TEST(a_program_does_not_outlive_the_grader)
{
    int ends[2];
    char byte;

    ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
    if (fork() == 0) {
        char *argv[4];
        struct process process;
        struct process_plan plan = plan_of(argv, "exec sleep 1000");

        plan.descriptors[4] = ends[1];
        _exit(process_start(&plan, &process, stderr) ? 0 : 1);
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &byte, 1), 0); /* the last one who held it is gone */
}
END_TEST

/* bubblewrap's inner process waits for a word of the outer one before it ties its life to it. This
 * one in its place never gives the word. */
START_TEST(a_sandbox_that_is_being_set_up_does_not_outlive_the_grader)
{
    char *argv[4], text[] = "begun", byte;
    struct folder folder = folder_new(stderr);
    struct sandbox sandbox = *sandbox_none();
    struct process process;
    struct process_plan plan = plan_of(argv, "exit 0");

    ck_assert(folder.path && chdir(folder.path) == 0);
    ck_assert(file_write("bubblewrap", "#!/bin/sh\n(echo begun; exec sleep 1000) > held & wait\n"));
    ck_assert_int_eq(chmod("bubblewrap", 0700), 0);
    ck_assert_int_eq(mkfifo("held", 0600), 0);
    sandbox.active[LAYER_NAMESPACES] = true;
    sandbox.bubblewrap = "./bubblewrap";
    plan.sandbox = &sandbox;
    pid_t grader = fork();
    if (grader == 0)
        _exit(process_start(&plan, &process, stderr) ? 0 : 1);
    int held = open("held", O_RDONLY);
    ck_assert_int_eq(read(held, text, sizeof text), 6);
    kill(grader, SIGKILL);
    ck_assert_int_eq(read(held, &byte, 1), 0); /* the last one who held it is gone */
    close(held);
    waitpid(grader, NULL, 0);
    folder_free(&folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("process");
    TCase *tests = tcase_create("process");

    tcase_add_test(tests, a_program_runs_and_its_status_comes_back);
    tcase_add_test(tests, a_program_that_is_not_there_is_told_from_one_that_fails);
    tcase_add_test(tests, a_cpu_that_does_not_exist_is_no_program_failure);
    tcase_add_test(tests, an_order_that_is_too_long_is_refused_without_waiting);
    tcase_add_test(tests, limits_are_set);
    tcase_add_test(tests, a_stricter_limit_of_ours_stays);
    tcase_add_test(tests, a_program_that_runs_is_killed_at_its_end);
    tcase_add_test(tests, its_children_are_killed_with_it);
    tcase_add_test(tests, no_child_is_left_after_orphans_were_ended);
    tcase_add_test(tests, a_program_does_not_outlive_the_grader);
    tcase_add_test(tests, a_sandbox_that_is_being_set_up_does_not_outlive_the_grader);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
