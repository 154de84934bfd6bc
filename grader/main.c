/* main.c - the barista program: takes the command line apart and calls the command.
 *
 * One table says what each command is called, takes and does; help and the checks of the command
 * line are made from it. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "explore.h"
#include "result.h"
#include "sandbox.h"
#include "seed.h"
#include "text.h"

#define VERSION "0.1.0"

/* RT_MAX_PROCS of the runtime. */
#define PROCS_MOST 256

struct command {
    const char *name;
    const char *form; /* of its arguments, for help */
    const char *summary;
    const char *options; /* the letters of those it takes; P: p with a list of numbers */
    int words_most;      /* -1: any number */
    int (*run)(const struct arguments *arguments);
};

static int command_help(const struct arguments *arguments);

#define CHECK_FORM                                                                                 \
    "[LESSON] [--submission PATH] [--procs N] [--seed S] [--json FILE|-] [--official] [--tier T]"

static const struct command commands[] = {
    {"check", CHECK_FORM, "grade your work, or a submission from elsewhere", "spejot", 1,
     command_check},
    {"list", "", "list the lessons: what is done, and what comes next", "", 0, command_list},
    {"hint", "LESSON [LEVEL]", "show one hint more for an exercise", "", 2, command_hint},
    {"run", "LESSON [--procs N] [--submission PATH] [--debug] [name=value...]",
     "run an exercise plainly", "spd", -1, command_run},
    {"debug", "LESSON [--procs N] [--submission PATH] [name=value...]", "run an exercise under gdb",
     "sp", -1, command_debug},
    {"sim", "LESSON [--check ID] [--submission PATH] [--procs N,N,...] [--seed S] [--json FILE|-]",
     "what it does on 1 to 64 procs, in virtual time", "ksPej", 1, command_sim},
    {"why", "LESSON [--check ID] [--submission PATH] [--procs N] [--seed S] [--json FILE|-]",
     "where the speedup went, and what would be without the cause", "kspej", 1, command_why},
    {"trace",
     "LESSON [--check ID] [--submission PATH] [--procs N] [--seed S] [--real|--simulated] "
     "[--html FILE]",
     "the timeline of a run: what each task did, and what it waited for", "kspeRSl", 1,
     command_trace},
    {"explore",
     "LESSON [--check ID] [--submission PATH] [--schedules N] [--seed S] [--json FILE|-]",
     "look for bugs in schedules that hardly ever come", "kscej", 1, command_explore},
    {"replay", "LESSON SCHEDULE [--check ID] [--submission PATH] [--times N] [--debug]",
     "one of those schedules again", "ksmd", 2, command_replay},
    {"predict", "LESSON", "guess what the lesson's demo will show, then see how close you were", "",
     1, command_predict},
    {"quiz", "LESSON", "questions about a lesson, each with a command that proves the answer", "",
     1, command_quiz},
    {"progress", "", "what you have done of each lesson, and what comes next", "", 0,
     command_progress},
    {"demo", "LESSON [--procs N]", "run a lesson's demo, which draws its timeline", "p", 1,
     command_demo},
    {"matrix", "[--procs N] [--seed S] [--simulated] [--json FILE|-]",
     "which kinds of work gain from tasks, and which from procs", "peSj", 0, command_matrix},
    {"curves", "[--svg FILE] [--json FILE|-]", "how they scale from 1 to 64 procs, in virtual time",
     "gj", 0, command_curves},
    {"classify", "FILE FUNCTION",
     "what kind of work a function of your own is, and what would help it", "", 2,
     command_classify},
    {"reset", "LESSON", "put the untouched exercise back; your work is kept", "", 1, command_reset},
    {"doctor", "", "say what protects this machine from submissions, and what is missing", "", 0,
     command_doctor},
    {"lint", "", "look for mistakes in all lesson files", "", 0, command_lint},
    {"help", "", "show this", "", 0, command_help},
};

#define COMMANDS (sizeof commands / sizeof *commands)

static void print_help(FILE *out)
{
    fputs("Barista: learn concurrency and parallelism in C.\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  barista %s%s%s\n        %s\n", commands[i].name,
                *commands[i].form ? " " : "", commands[i].form, commands[i].summary);
    fputs("\n"
          "LESSON is a number or a whole name: 3, 03, 03-worker-pool.\n"
          "Exit status: 0 all checks pass; 1 the submission falls short; 2 wrong usage, or a "
          "mistake in\n"
          "a lesson file; 3 the grader or the machine failed.\n",
          out);
}

static int command_help(const struct arguments *arguments)
{
    (void)arguments;
    print_help(stdout);
    return BARISTA_PASS;
}

static const struct command *find_command(const char *name)
{
    struct strings names = {0};
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            strings_release(&names);
            return &commands[i];
        }
        strings_add(&names, commands[i].name);
    }
    const char *nearest = strings_nearest(&names, name);
    if (nearest)
        fprintf(stderr, "barista: there is no command \"%s\"; did you mean %s?\n", name, nearest);
    else
        fprintf(stderr, "barista: there is no command \"%s\"; `barista help` lists them\n", name);
    strings_release(&names);
    return NULL;
}

/* Reads a whole number from low to high; false after a message. */
static bool parse_number(const char *option, const char *text, uint64_t low, uint64_t high,
                         uint64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && *text != '-' && *number >= low &&
        *number <= high)
        return true;
    fprintf(stderr, "barista: --%s is \"%s\"; it must be a whole number from %llu to %llu\n",
            option, text, (unsigned long long)low, (unsigned long long)high);
    return false;
}

static const struct option long_options[] = {
    {"submission", required_argument, NULL, 's'},
    {"check", required_argument, NULL, 'k'},
    {"procs", required_argument, NULL, 'p'},
    {"seed", required_argument, NULL, 'e'},
    {"json", required_argument, NULL, 'j'},
    {"schedules", required_argument, NULL, 'c'},
    {"times", required_argument, NULL, 'm'},
    {"official", no_argument, NULL, 'o'},
    {"tier", required_argument, NULL, 't'},
    {"debug", no_argument, NULL, 'd'},
    {"real", no_argument, NULL, 'R'},
    {"simulated", no_argument, NULL, 'S'},
    {"html", required_argument, NULL, 'l'},
    {"svg", required_argument, NULL, 'g'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'v'},
    {NULL, 0, NULL, 0},
};

/* Reads numbers of procs, with commas between them; false after a message. */
static bool parse_procs(char *text, struct arguments *arguments)
{
    uint64_t number;
    char *item;
    while ((item = strsep(&text, ",")) != NULL) {
        if (!parse_number("procs", item, 1, PROCS_MOST, &number))
            return false;
        if (arguments->procs_count == PROCS_LIST_MOST) {
            fprintf(stderr, "barista: --procs takes at most %d numbers\n", PROCS_LIST_MOST);
            return false;
        }
        arguments->procs_list[arguments->procs_count++] = (int)number;
    }
    arguments->procs = arguments->procs_list[0];
    return true;
}

/* Takes in one option; false after a message. */
static bool take_option(struct arguments *arguments, int letter)
{
    switch (letter) {
    case 's':
        arguments->submission = optarg;
        return true;
    case 'k':
        arguments->check = optarg;
        return true;
    case 'j':
        arguments->json = optarg;
        return true;
    case 'd':
        arguments->debug = true;
        return true;
    case 'o':
        arguments->official = true;
        return true;
    case 'R':
    case 'S':
        arguments->real = letter == 'R';
        arguments->simulated = letter == 'S';
        return true;
    case 'l':
        arguments->html = optarg;
        return true;
    case 'g':
        arguments->svg = optarg;
        return true;
    case 't':
        arguments->tier = optarg;
        if (tier_named(optarg) != TIER_UNKNOWN)
            return true;
        fprintf(stderr, "barista: --tier is \"%s\"; it must be A, B, C or D\n", optarg);
        return false;
    case 'p':
        arguments->procs_count = 0;
        return parse_procs(optarg, arguments);
    case 'c':
        return parse_number("schedules", optarg, 1, SCHEDULES_MOST, &arguments->schedules);
    case 'm':
        return parse_number("times", optarg, 1, SCHEDULES_MOST, &arguments->times);
    case 'e':
        arguments->seed_given = true;
        return parse_number("seed", optarg, 0, SEED_MAX, &arguments->seed);
    default:
        /* getopt has said what is wrong */
        fputs("barista: `barista help` lists the options of each command\n", stderr);
        return false;
    }
}

/* Whether the command takes the options and the words that were given; false after a message. */
static bool suits(const struct command *command, const struct arguments *arguments,
                  const char *given)
{
    bool procs_list = strchr(command->options, 'P') != NULL;
    if (arguments->procs_count > 1 && !procs_list) {
        fprintf(stderr, "barista: %s takes one number as --procs\n", command->name);
        return false;
    }
    for (; *given; given++) {
        if (strchr(command->options, *given) || (*given == 'p' && procs_list))
            continue;
        const struct option *option = long_options;
        while (option->val != *given)
            option++;
        fprintf(stderr, "barista: %s takes no --%s\n", command->name, option->name);
        return false;
    }
    if (command->words_most >= 0 && arguments->words_count > command->words_most) {
        fprintf(stderr, "barista: %s has no use for \"%s\"\n", command->name,
                arguments->words[command->words_most]);
        return false;
    }
    return true;
}

/* Whether the files that were asked for can be written; false after a message. Told before the
 * command, which may take a minute, and not after it. */
static bool can_write_files(const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    const char *files[] = {json_to_stdout ? NULL : arguments->json, arguments->html,
                           arguments->svg};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!files[i] || file_can_be_written(files[i]))
            continue;
        fprintf(stderr, "barista: cannot write %s: %s; nothing was run\n", files[i],
                strerror(errno));
        return false;
    }
    return true;
}

/* A standard descriptor that is closed would be the next file or socket that is opened, and what is
 * meant for the screen would be written there. */
static void open_standard_descriptors(void)
{
    int opened;
    do
        opened = open("/dev/null", O_RDWR);
    while (opened >= 0 && opened <= STDERR_FILENO);
    if (opened > STDERR_FILENO)
        close(opened);
}

/* The command's exit status, if all that it said has been written. */
static int finish(int status)
{
    bool lost = ferror(stdout);
    errno = 0;
    if (fflush(stdout) == 0 && !lost)
        return status;
    fprintf(stderr, "barista: cannot write to standard output%s%s\n", errno ? ": " : "",
            errno ? strerror(errno) : "");
    return BARISTA_INFRA;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    char given[sizeof long_options / sizeof *long_options] = ""; /* each letter once */
    int letter;
    open_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* `ulimit -f`: an error that is told, and no death */
    while ((letter = getopt_long(argc, argv, "hv", long_options, NULL)) != -1) {
        if (letter == 'h')
            return finish(command_help(&arguments));
        if (letter == 'v') {
            puts("barista " VERSION);
            return finish(BARISTA_PASS);
        }
        if (!take_option(&arguments, letter))
            return BARISTA_USAGE;
        if (!strchr(given, letter))
            given[strlen(given)] = (char)letter;
    }
    if (optind == argc) {
        print_help(stderr);
        return BARISTA_USAGE;
    }
    const struct command *command = find_command(argv[optind]);
    arguments.words = argv + optind + 1;
    arguments.words_count = argc - optind - 1;
    if (!command || !suits(command, &arguments, given))
        return BARISTA_USAGE;
    if (!can_write_files(&arguments))
        return BARISTA_INFRA;
    return finish(command->run(&arguments));
}
