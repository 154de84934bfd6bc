/* honest.c - runs many honest programs in the sandbox, none of which it may block.
 *
 *     honest [--short] [TIER | NAME]...
 *
 * In each tier that this machine offers, or in the TIERS given, all programs of the project that
 * are as students write them are compiled and run as submissions are:
 *
 *     tests/submissions: solutions      ->  right answers to fresh inputs, at procs 1 and 2
 *     whole programs (see below)        ->  end with status 0, at procs 1 and 2
 *     tests/simulate/programs           ->  and compute the same on both
 *     demos, which take long            ->  end with status 0, at procs 2, in the first of the tiers
 *
 * With NAMES, those whose paths have one of them in them. --short: every twentieth, in the best
 * tier only. Nothing is measured here, so a busy machine does no harm. */
#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "answer.h"
#include "compiler.h"
#include "folder.h"
#include "process.h"
#include "submission.h"

#define PROCS 2
#define MEMORY_MB 512
#define SECONDS 120
#define ADDRESS_BYTES ((uint64_t)32 << 30)
#define PRINTED_BYTES (1 << 20)
#define SHORT_STEP 20

/* Whole programs, and what they are compiled with. */
static const struct kind {
    const char *pattern;
    const char *sources; /* a pattern, or NULL */
    const char *argument;
    bool says_result; /* its output begins with it */
    bool takes_long;
} kinds[] = {
    {.pattern = "tests/attacks/honest/*.c"},
    {.pattern = "tests/explore/correct/*.c"},
    {.pattern = "tests/explain/none-*.c"},
    {"tests/simulate/programs/*.c", "tests/simulate/main.c", "5", true, false},
    {"lessons/*/demo.c", "lessons/*.c", NULL, false, true},
};

#define SOLUTIONS "tests/submissions/*/solution*.c"

/* One program, in one tier. */
struct attempt {
    const char *path;
    const struct kind *kind; /* NULL: a solution */
    const struct sandbox *sandbox;
};

static struct tally {
    int programs, passed, blocked, tiers;
} tally;

static bool is_tier(const char *word)
{
    return strlen(word) == 1 && strchr("ABCD", *word);
}

/* ---- Whole programs -------------------------------------------------------------------------- */

static void add_matches(struct strings *list, const char *pattern)
{
    glob_t matches;

    if (pattern && glob(pattern, 0, NULL, &matches) == 0) {
        for (size_t i = 0; i < matches.gl_pathc; i++)
            strings_add(list, matches.gl_pathv[i]);
        globfree(&matches);
    }
}

/* What was wrong with compiling it, or NULL; owned. */
static char *compile(const struct attempt *attempt, const char *folder, const char *program)
{
    static const char *const flags[] = {
        "-std=c11",  "-D_GNU_SOURCE",   "-O2", "-g", "-Wall", "-Wextra", "-Iruntime/include",
        "-Ilessons", "-Itests/simulate"};
    struct compilation command = {.folder = string_copy(folder)};
    struct strings *arguments = &command.arguments;

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        strings_add(arguments, flags[i]);
    strings_add(arguments, "-o");
    strings_add(arguments, program);
    strings_add(arguments, attempt->path);
    add_matches(arguments, attempt->kind->sources);
    strings_add(arguments, "build/libbarista.a");
    strings_add(arguments, "-rdynamic");
    strings_add(arguments, "-pthread");
    strings_add(arguments, "-lm");
    view_add(&command.view, VIEW_READ, "runtime");
    view_add(&command.view, VIEW_READ, "lessons");
    view_add(&command.view, VIEW_READ, "exercises");
    view_add(&command.view, VIEW_READ, "tests");
    view_add(&command.view, VIEW_READ, "build/libbarista.a");
    bool done = compiler_run(attempt->sandbox, &command, 1, SECONDS, stderr) &&
                command.end == COMPILATION_DONE;
    char *wrong =
        done ? NULL : string_format("is not built\n%s", command.output ? command.output : "");
    compilation_release(&command);
    return wrong;
}

/* The status as wait() gives it; -1 if it can't be run. What it prints goes to `output`. */
static int run(const struct attempt *attempt, char *program, int procs, int output)
{
    char *argv[] = {program, (char *)attempt->kind->argument, NULL};
    char *number = string_format("RT_PROCS=%d", procs);
    char *environment[] = {number, "PATH=/usr/bin:/bin", "LANG=C", NULL};
    struct view view = {0};
    struct process process;

    view_add_libraries(&view);
    view_add(&view, VIEW_EXECUTE, program);
    struct process_plan plan = {
        .sandbox = attempt->sandbox,
        .purpose = PURPOSE_RUN,
        .view = &view,
        .directory = "/",
        .argv = argv,
        .environment = environment,
        .descriptors = {-1, output, output, -1, -1},
        .cpu_s = SECONDS,
        .address_bytes = ADDRESS_BYTES,
        .file_bytes = PRINTED_BYTES,
    };
    int status = -1;
    if (process_start(&plan, &process, stderr)) {
        struct pollfd end = {.fd = process.exited, .events = POLLIN};
        while (poll(&end, 1, SECONDS * 1000) < 0 && errno == EINTR)
            ;
        status = process_end(&process, NULL);
    }
    view_release(&view);
    free(number);
    return status;
}

/* Runs it and takes what it prints; owned. */
static char *printed_by(const struct attempt *attempt, char *program, int procs, int *status)
{
    int file = memfd_create("printed", MFD_CLOEXEC);
    char *text = memory_new(PRINTED_BYTES + 1);

    *status = file < 0 ? -1 : run(attempt, program, procs, file);
    if (file >= 0 && pread(file, text, PRINTED_BYTES, 0) < 0)
        *status = -1;
    if (file >= 0)
        close(file);
    return text;
}

static char *try_runs(const struct attempt *attempt, char *program)
{
    char *first = NULL, *wrong = NULL;

    for (int procs = attempt->kind->takes_long ? PROCS : 1; procs <= PROCS && !wrong; procs++) {
        int status;
        char *printed = printed_by(attempt, program, procs, &status);
        if (status != 0)
            wrong = string_format("status %#x at procs=%d\n%s", (unsigned)status, procs, printed);
        else if (first && attempt->kind->says_result &&
                 strncmp(first, printed, strcspn(first, " ") + 1) != 0)
            wrong = string_format("not the same at procs 1 and %d\n%s%s", procs, first, printed);
        free(first);
        first = printed;
    }
    free(first);
    return wrong;
}

static char *try_program(const struct attempt *attempt)
{
    struct folder folder = folder_new(stderr);

    if (!folder.path)
        return string_format("there is no folder for it");
    char *program = string_format("%s/program", folder.path);
    char *wrong = compile(attempt, folder.path, program);
    if (!wrong)
        wrong = try_runs(attempt, program);
    free(program);
    folder_free(&folder);
    return wrong;
}

/* ---- Solutions ------------------------------------------------------------------------------- */

/* Has it answer fresh inputs. */
static char *check_answers(const struct lesson *lesson, const struct build *build,
                           const struct attempt *attempt)
{
    struct result result = result_new(lesson);
    struct cpus cpus = cpus_allowed();
    char *wrong = NULL;

    for (size_t i = 0; i < result.checks_count && !wrong; i++) {
        struct check_result *check = &result.checks[i];
        struct trial trial = {.lesson = lesson,
                              .check = check->check,
                              .build = build,
                              .cpus = &cpus,
                              .sandbox = attempt->sandbox,
                              .procs = PROCS,
                              .submission = attempt->path};
        char *printed = NULL;
        if (check->check->kind != CHECK_ANSWER)
            continue;
        if (!answer_check(&trial, i, check, &printed, stderr))
            wrong = string_format("could not be run");
        else if (check->status != STATUS_PASS)
            wrong = string_copy(check->message);
        free(printed);
    }
    result_release(&result);
    return wrong;
}

static char *build_and_check(const struct lesson *lesson, const struct attempt *attempt)
{
    struct submission submission;
    struct build build;

    if (!submission_find(lesson, attempt->path, &submission, stderr))
        return string_format("is refused");
    bool built = build_make(attempt->sandbox, lesson, &submission, BUILD_REAL, &build, stderr);
    char *wrong =
        built && build.ok ? check_answers(lesson, &build, attempt) : string_format("is not built");
    build_release(&build);
    submission_release(&submission);
    return wrong;
}

static char *try_solution(const struct attempt *attempt)
{
    const char *id = attempt->path + strlen("tests/submissions/");
    char *name = string_format("%.*s", (int)strcspn(id, "/"), id);
    struct lesson *lesson = lesson_load(name, stderr);
    char *wrong = lesson ? build_and_check(lesson, attempt) : string_format("has no lesson");

    lesson_free(lesson);
    free(name);
    return wrong;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static bool is_wanted(const char *path, char **words)
{
    bool names = false;

    for (; *words; words++) {
        if (is_tier(*words))
            continue;
        names = true;
        if (strstr(path, *words))
            return true;
    }
    return !names;
}

static bool mentions(const char *path, const char *word)
{
    char *text = file_read(path, NULL);
    bool found = text && strstr(text, word);

    free(text);
    return found;
}

/* A demo is never run in a sandbox, so it may start processes and write files, which no submission
 * may. */
static bool is_like_a_submission(const char *path)
{
    static const char *const words[] = {"runner.h", "fork()", "posix_spawn", "mkdir("};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (mentions(path, words[i]))
            return false;
    return true;
}

static void try(const struct attempt *attempt, char tier)
{
    char *wrong = attempt->kind ? try_program(attempt) : try_solution(attempt);

    if (wrong)
        printf("BLOCKED %s, tier %c: %s\n", attempt->path, tier, wrong);
    *(wrong ? &tally.blocked : &tally.passed) += 1;
    free(wrong);
}

/* A folder that was renamed must not look like one without any trouble. */
static void must_match(const struct strings *paths, const char *pattern)
{
    if (paths->count == 0) {
        printf("BLOCKED: nothing matches %s\n", pattern);
        tally.blocked++;
    }
}

/* Every `step`th of them, in the sandbox, or where they need sockets in the one with a network. */
static void try_all(const struct sandbox sandboxes[2], char tier, char **words, int step)
{
    const struct tally before = tally;
    const size_t count = sizeof kinds / sizeof *kinds;
    int seen = 0;

    for (size_t i = 0; i <= count; i++) {
        const struct kind *kind = i < count ? &kinds[i] : NULL;
        if (kind && kind->takes_long && (step > 1 || tally.tiers > 0))
            continue;
        struct strings paths = {0};
        const char *pattern = kind ? kind->pattern : SOLUTIONS;
        add_matches(&paths, pattern);
        must_match(&paths, pattern);
        for (size_t p = 0; p < paths.count; p++) {
            const char *path = paths.items[p];
            bool network = strstr(path, "/17-web-scraper/") != NULL;
            struct attempt attempt = {path, kind, &sandboxes[network]};
            bool possible = is_like_a_submission(path) && !(network && tier == 'C');
            if (possible && is_wanted(path, words) && seen++ % step == 0)
                try(&attempt, tier);
        }
        strings_release(&paths);
    }
    int tried = tally.passed + tally.blocked - before.passed - before.blocked;
    tally.programs = tried > tally.programs ? tried : tally.programs;
    tally.tiers++;
    printf("tier %c: %d honest programs, %d blocked\n", tier, tried,
           tally.blocked - before.blocked);
}

static bool wants_tier(char tier, char **words)
{
    bool any = false;

    for (; *words; words++) {
        if (is_tier(*words) && **words == tier)
            return true;
        any = any || is_tier(*words);
    }
    return !any;
}

/* One without a network and one with; false if this machine does not offer the tier. Tier C has no
 * namespace to keep a network in, and no second sandbox. */
static bool choose_both(char tier, struct sandbox sandboxes[2])
{
    const char name[] = {tier, '\0'};
    bool there = true;

    for (int network = 0; network < (tier == 'C' ? 1 : 2) && there; network++) {
        struct sandbox_wish wish = {
            .tier = tier_named(name), .loopback = network, .memory_mb = MEMORY_MB};
        there = sandbox_choose(&wish, &sandboxes[network], stderr);
    }
    if (!there)
        printf("tier %c: not offered here\n", tier);
    return there;
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    char **words = argv + 1 + brief;

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (char tier = 'A'; tier <= 'D' && !(brief && tally.tiers > 0); tier++) {
        struct sandbox sandboxes[2] = {{0}};
        if (wants_tier(tier, words) && choose_both(tier, sandboxes))
            try_all(sandboxes, tier, words, brief ? SHORT_STEP : 1);
        sandbox_release(&sandboxes[0]);
        sandbox_release(&sandboxes[1]);
    }
    printf("\n%d honest programs, tiers: %d\n%d passed, %d blocked\n", tally.programs, tally.tiers,
           tally.passed, tally.blocked);
    return tally.blocked > 0 || tally.passed == 0;
}
