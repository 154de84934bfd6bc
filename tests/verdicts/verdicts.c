/* verdicts.c - grades the shapes of the course's solutions and timing decoys again and again, on
 * machines of several kinds, and counts: no solution may fail, and no decoy may pass.
 *
 *     verdicts [--solutions N] [--decoys N] [--seed S] [--condition NAME]... [SUBMISSION.c...]
 *
 * N gradings in all, spread evenly over conditions and submissions. Without names: all conditions,
 * and all submissions in tests/submissions whose lesson has a shape. Each submission is built once,
 * its answers are not checked again, and no cause of a failure is looked for: that is others'
 * business (tests/lessons). Each grading has a seed of its own, which follows from S (1): a night's
 * gradings can be made in several parts.
 *
 * Each condition has processes of its own (workers.h), as many as it has room for: on one CPU, or
 * with half of one, nobody disturbs those on the next. */
#include <getopt.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "condition.h"
#include "machine.h"
#include "seed.h"
#include "shape_check.h"
#include "workers.h"

struct options {
    int solutions, decoys; /* gradings in all */
    uint64_t stream;       /* of seeds */
    bool conditions[CONDITIONS_COUNT];
    glob_t files;
};

static const char *name_of(const char *path)
{
    return strrchr(path, '/') + 1;
}

static bool is_solution(const char *path)
{
    return strncmp(name_of(path), "solution", 8) == 0;
}

/* The lesson of tests/submissions/LESSON/FILE. */
static struct lesson *lesson_of(const char *path)
{
    char *copy = string_copy(path);
    struct lesson *lesson = lesson_load(basename(dirname(copy)), stderr);
    free(copy);
    return lesson;
}

static size_t shape_of(const struct lesson *lesson)
{
    size_t i = 0;
    while (i < lesson->checks_count && lesson->checks[i].kind != CHECK_SHAPE)
        i++;
    return i;
}

/* ---- Grading --------------------------------------------------------------------------------- */

/* A submission, built. */
struct subject {
    struct lesson *lesson;
    struct sandbox sandbox;
    struct submission submission;
    struct build build;
};

static bool subject_make(const char *path, struct subject *subject)
{
    *subject = (struct subject){.lesson = lesson_of(path)};
    if (!subject->lesson || shape_of(subject->lesson) == subject->lesson->checks_count)
        return false;
    struct sandbox_wish wish = {.loopback = subject->lesson->loopback,
                                .memory_mb = subject->lesson->limits.memory_mb};
    return sandbox_choose(&wish, &subject->sandbox, stderr) &&
           submission_find(subject->lesson, path, &subject->submission, stderr) &&
           build_make(&subject->sandbox, subject->lesson, &subject->submission, BUILD_REAL,
                      &subject->build, stderr) &&
           subject->build.ok;
}

static void subject_release(struct subject *subject)
{
    build_release(&subject->build);
    submission_release(&subject->submission);
    sandbox_release(&subject->sandbox);
    if (subject->lesson)
        lesson_free(subject->lesson);
}

static void grade(const struct subject *subject, const char *path, uint64_t seed,
                  struct tally *tally)
{
    struct result result = result_new(subject->lesson);
    struct check_result *check = &result.checks[shape_of(subject->lesson)];
    struct cpus cpus = cpus_allowed();
    machine_spread_over_cores("", &cpus);
    struct trial trial = {.lesson = subject->lesson,
                          .check = check->check,
                          .build = &subject->build,
                          .cpus = &cpus,
                          .sandbox = &subject->sandbox,
                          .procs = cpus.count < 4 ? cpus.count : 4,
                          .submission = path};
    if (!shape_decide(&trial, &subject->submission, seed, check, NULL, stderr)) {
        tally->trouble++;
    } else {
        tally->passed += check->status == STATUS_PASS;
        tally->failed += check->status == STATUS_FAIL;
        tally->open += check->status == STATUS_INCONCLUSIVE;
    }
    result_release(&result);
}

/* ---- All submissions ------------------------------------------------------------------------- */

/* One submission, to be graded a number of times. */
struct job {
    const char *path;
    int gradings;
    uint64_t stream; /* of seeds */
};

/* What the workers of a condition share: they are forked with it. */
struct work {
    enum condition condition;
    struct job *jobs;
    int jobs_count;
};

/* A verdict that must not be is told at once. */
static void grade_often(void *context, int index, struct tally *tally)
{
    struct job *job = &((struct work *)context)->jobs[index];
    struct subject subject;
    bool made = subject_make(job->path, &subject);
    for (int i = 0; i < job->gradings && made; i++) {
        struct tally before = *tally;
        uint64_t seed = seed_next(&job->stream);
        grade(&subject, job->path, seed, tally);
        if (is_solution(job->path) ? tally->failed > before.failed : tally->passed > before.passed)
            printf("WRONG: %s with seed %llu\n", job->path, (unsigned long long)seed);
    }
    if (!made)
        tally->trouble += job->gradings;
    subject_release(&subject);
}

static bool begin(void *context, int worker)
{
    return condition_begin(((struct work *)context)->condition, worker);
}

static void end(void *context)
{
    condition_end(((struct work *)context)->condition);
}

static int count_of(const struct options *options, bool solutions)
{
    int count = 0;
    for (size_t i = 0; i < options->files.gl_pathc; i++)
        count += is_solution(options->files.gl_pathv[i]) == solutions;
    return count;
}

/* Deals gradings out to all submissions of a kind. What can't be dealt out evenly goes to the next
 * in turn. The caller frees `jobs`. */
static struct work deal_out(struct options *options, bool solutions, int gradings)
{
    static int turns[2]; /* of decoys and solutions */
    int count = count_of(options, solutions), index = 0, *turn = &turns[solutions];
    struct work work = {.jobs = memory_new((size_t)count * sizeof *work.jobs)};
    for (size_t i = 0; i < options->files.gl_pathc; i++) {
        const char *path = options->files.gl_pathv[i];
        if (is_solution(path) != solutions)
            continue;
        int place = (index++ - *turn + count) % count;
        int its = gradings / count + (place < gradings % count);
        if (its > 0)
            work.jobs[work.jobs_count++] = (struct job){path, its, seed_next(&options->stream)};
    }
    *turn = count > 0 ? (*turn + gradings) % count : 0;
    return work;
}

static struct tally grade_all(struct options *options, enum condition condition, bool solutions,
                              int gradings)
{
    struct work work = deal_out(options, solutions, gradings);
    work.condition = condition;
    struct tally tally = {0};
    struct team team = {condition_room(condition), work.jobs_count, begin, grade_often, end, &work};
    workers_run(&team, &tally);
    int made = tally.passed + tally.failed + tally.open + tally.trouble;
    tally.trouble += gradings - made; /* of a worker that did not come to its end */
    free(work.jobs);
    return tally;
}

/* ---- All ------------------------------------------------------------------------------------- */

static void print_row(const char *name, struct tally solutions, struct tally decoys)
{
    printf("%-9s %7d %7d %7d | %7d %7d %7d\n", name, solutions.passed, solutions.open,
           solutions.failed, decoys.failed, decoys.open, decoys.passed);
    fflush(stdout);
}

static int part_of(int gradings, int turn, int conditions)
{
    return gradings / conditions + (turn < gradings % conditions);
}

static int judge(struct options *options)
{
    struct tally solutions = {0}, decoys = {0};
    int conditions = 0, index = 0;
    for (int i = 0; i < CONDITIONS_COUNT; i++)
        conditions += options->conditions[i];
    printf("          solutions               | decoys\n"
           "            pass    open    FAIL |    fail    open    PASS\n");
    for (int i = 0; i < CONDITIONS_COUNT; i++) {
        if (!options->conditions[i])
            continue;
        int turn = index++;
        struct tally good = grade_all(options, (enum condition)i, true,
                                      part_of(options->solutions, turn, conditions));
        struct tally bad = grade_all(options, (enum condition)i, false,
                                     part_of(options->decoys, turn, conditions));
        print_row(condition_name((enum condition)i), good, bad);
        tally_add(&solutions, &good);
        tally_add(&decoys, &bad);
    }
    print_row("all", solutions, decoys);
    int trouble = solutions.trouble + decoys.trouble;
    printf("%d gradings of solutions, %d failed; %d of decoys, %d passed; %d could not be made\n",
           solutions.passed + solutions.open + solutions.failed, solutions.failed,
           decoys.passed + decoys.open + decoys.failed, decoys.passed, trouble);
    return solutions.failed + decoys.passed + trouble == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static _Noreturn void usage(void)
{
    fputs("usage: verdicts [--solutions N] [--decoys N] [--seed S] [--condition NAME]...\n"
          "                [SUBMISSION.c...]\n"
          "conditions:\n",
          stderr);
    for (int i = 0; i < CONDITIONS_COUNT; i++)
        fprintf(stderr, "  %-8s %s\n", condition_name((enum condition)i),
                condition_what((enum condition)i));
    exit(2);
}

static int number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || value < 0 || value > 1000000)
        usage();
    return (int)value;
}

static void wish(struct options *options, const char *name)
{
    for (int i = 0; i < CONDITIONS_COUNT; i++) {
        if (strcmp(condition_name((enum condition)i), name) == 0) {
            options->conditions[i] = true;
            return;
        }
    }
    usage();
}

static void read_options(struct options *options, int argc, char **argv)
{
    static const struct option known[] = {{"solutions", required_argument, NULL, 's'},
                                          {"decoys", required_argument, NULL, 'd'},
                                          {"seed", required_argument, NULL, 'r'},
                                          {"condition", required_argument, NULL, 'c'},
                                          {NULL, 0, NULL, 0}};
    bool named = false;
    for (int letter; (letter = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (letter == 's')
            options->solutions = number(optarg);
        else if (letter == 'd')
            options->decoys = number(optarg);
        else if (letter == 'r')
            options->stream = (uint64_t)number(optarg);
        else if (letter == 'c')
            wish(options, optarg);
        else
            usage();
        named = named || letter == 'c';
    }
    for (int i = 0; i < CONDITIONS_COUNT && !named; i++)
        options->conditions[i] = true;
    int flags = GLOB_NOCHECK;
    for (; optind < argc; optind++, flags |= GLOB_APPEND)
        glob(argv[optind], flags, NULL, &options->files);
    static const char *const all[] = {"solution*", "wrong-not_parallel*", "wrong-not_overlapped*",
                                      "wrong-too_slow_serial*"};
    for (size_t i = 0; flags == GLOB_NOCHECK && i < sizeof all / sizeof *all; i++) {
        char *pattern = string_format("tests/submissions/*/%s.c", all[i]);
        glob(pattern, i > 0 ? GLOB_APPEND : 0, NULL, &options->files);
        free(pattern);
    }
}

int main(int argc, char **argv)
{
    struct options options = {.solutions = 2000, .decoys = 1000, .stream = 1};
    read_options(&options, argc, argv);
    setvbuf(stdout, NULL, _IOLBF, 0); /* into a file, too: a night is long */
    int status = judge(&options);
    globfree(&options.files);
    return status;
}
