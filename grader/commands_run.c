/* commands_run.c - `barista run`, `debug` and `demo`: programs that the student watches.
 *
 * They are built in the sandbox, but run in the foreground, with the student's own terminal, no
 * limits and no sandbox: nothing is graded here, and a debugger must get at them. So this is for
 * code that one would run anyway. */
#include "commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build.h"
#include "result.h"

/* As a shell says that a command could not be run, and that it died of a signal. */
#define STATUS_NOT_RUN 127
#define STATUS_SIGNAL 128

/* Runs a program and waits for it. Ctrl-C and Ctrl-\ are for the program, as in a shell: we
 * outlive it, to clean up. */
int command_foreground(char *const *argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    fflush(NULL);
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        sigaction(SIGINT, &interrupt, NULL);
        sigaction(SIGQUIT, &quit, NULL);
        execvp(argv[0], argv);
        fprintf(stderr, "barista: cannot run %s: %s\n", argv[0], strerror(errno));
        _exit(STATUS_NOT_RUN);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    if (pid < 0) {
        fprintf(stderr, "barista: cannot run %s: %s\n", argv[0], strerror(errno));
        return BARISTA_INFRA;
    }
    return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- run and debug --------------------------------------------------------------------------- */

/* Whether one of the user's name=value words sets this input. */
static bool is_given(const struct arguments *arguments, const char *name)
{
    size_t length = strlen(name);
    for (int i = 1; i < arguments->words_count; i++)
        if (strncmp(arguments->words[i], name, length) == 0 && arguments->words[i][length] == '=')
            return true;
    return false;
}

/* The input of a plain run: what the lesson's first check with an input sends, with the user's
 * own words in place of the lesson's where both have one. */
static void add_input(const struct lesson *lesson, const struct arguments *arguments,
                      struct strings *argv)
{
    const struct check *check = lesson->checks;
    while (check < lesson->checks + lesson->checks_count - 1 && check->kind == CHECK_BUILD)
        check++;
    for (size_t i = 0; i < check->input.count; i++) {
        const struct input *input = &check->input.items[i];
        char *word = string_format("%s=%lld", input->name, (long long)input->value);
        if (!is_given(arguments, input->name))
            strings_add(argv, word);
        free(word);
    }
    for (int i = 1; i < arguments->words_count; i++)
        strings_add(argv, arguments->words[i]);
}

void command_add_debugger(struct strings *argv, const char *first)
{
    strings_add(argv, "gdb");
    strings_add(argv, "-q");
    strings_add(argv, "-x");
    strings_add(argv, "runtime/gdb.py"); /* rt tasks, rt bt */
    strings_add(argv, "-ex");
    strings_add(
        argv, "echo Type run to start it. Where it stops, rt tasks and rt bt 1 show its tasks.\\n");
    if (first) {
        strings_add(argv, "-ex");
        strings_add(argv, first);
    }
    strings_add(argv, "--args");
}

static int run_built(const struct lesson *lesson, const struct build *build,
                     const struct arguments *arguments)
{
    struct strings argv = {0};
    if (arguments->debug)
        command_add_debugger(&argv, NULL);
    strings_add(&argv, build->program);
    add_input(lesson, arguments, &argv);
    argv.items = memory_resize(argv.items, (argv.count + 1) * sizeof *argv.items);
    argv.items[argv.count] = NULL;

    setenv("RT_LEAKS", "1", false); /* as in a grading, so that a leak is seen here too */
    if (arguments->procs > 0) {
        char *procs = string_format("%d", arguments->procs);
        setenv("RT_PROCS", procs, true);
        free(procs);
    }
    int status = command_foreground(argv.items);
    strings_release(&argv);
    return status;
}

static int build_and_run(const struct lesson *lesson, const struct arguments *arguments)
{
    struct submission submission;
    if (!submission_find(lesson, arguments->submission, &submission, stderr))
        return BARISTA_USAGE;
    struct sandbox sandbox;
    struct build build = {0};
    int status = BARISTA_INFRA;
    struct sandbox_wish wish = {.memory_mb = lesson->limits.memory_mb};
    if (sandbox_choose(&wish, &sandbox, stderr))
        status = command_build(&sandbox, lesson, &submission, BUILD_REAL, &build);
    if (status == BARISTA_PASS)
        status = run_built(lesson, &build, arguments);
    build_release(&build);
    sandbox_release(&sandbox);
    submission_release(&submission);
    return status;
}

/* The names of a lesson's inputs: those that its checks send. Every program has a seed. */
static struct strings input_names(const struct lesson *lesson)
{
    struct strings names = {0};
    strings_add(&names, "seed");
    for (size_t i = 0; i < lesson->checks_count; i++) {
        const struct input_list *input = &lesson->checks[i].input;
        for (size_t j = 0; j < input->count; j++)
            if (!strings_contain(&names, input->items[j].name))
                strings_add(&names, input->items[j].name);
    }
    return names;
}

static void refuse_input(const char *name, const struct lesson *lesson, const struct strings *names)
{
    fprintf(stderr, "barista: lesson %.2s has no input \"%s\"; it has", lesson->id, name);
    for (size_t i = 0; i < names->count; i++)
        fprintf(stderr, "%s %s", i > 0 ? "," : "", names->items[i]);
    fputc('\n', stderr);
}

/* An input that is no name=value, or that the harness would never look at, is a slip of the user's,
 * to be told before anything is built. */
static bool inputs_are_known(const struct lesson *lesson, const struct arguments *arguments)
{
    struct strings names = input_names(lesson);
    bool known = true;
    for (int i = 1; i < arguments->words_count && known; i++) {
        const char *word = arguments->words[i];
        char *name = string_format("%.*s", (int)strcspn(word, "="), word);
        known = strchr(word, '=') && strings_contain(&names, name);
        if (!strchr(word, '='))
            fprintf(stderr,
                    "barista: \"%s\" is no input; inputs are name=value, for example seed=8\n",
                    word);
        else if (!known)
            refuse_input(name, lesson, &names);
        free(name);
    }
    strings_release(&names);
    return known;
}

int command_run(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    int status =
        inputs_are_known(lesson, arguments) ? build_and_run(lesson, arguments) : BARISTA_USAGE;
    lesson_free(lesson);
    return status;
}

int command_debug(const struct arguments *arguments)
{
    struct arguments with_debug = *arguments;
    with_debug.debug = true;
    return command_run(&with_debug);
}

/* ---- demo ------------------------------------------------------------------------------------ */

/* The Makefile knows how demos are built; this only saves the student from leaving the program. */
int command_demo(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    char *which = string_format("LESSON=%s", lesson->id);
    char *procs = arguments->procs > 0 ? string_format("PROCS=%d", arguments->procs) : NULL;
    char *argv[] = {"make", "--no-print-directory", "demo", which, procs, NULL};
    int status = command_foreground(argv);
    free(procs);
    free(which);
    lesson_free(lesson);
    return status;
}
