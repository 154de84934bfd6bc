/* attacks.c - hands in all attacks of tests/attacks/submissions, in every tier that this machine
 * offers, and, as root, as an ordinary user, too.
 *
 *     attacks [--short] [NAME]...
 *
 * --short: every sixth attack, and the best tier only. With NAMEs, those attacks whose names begin
 * so. Tier D does not claim to keep anybody from anything but the result: there, only those attacks
 * are handed in that say so. Ends with "N passed, N failed". */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempt.h"
#include "course.h"

#define FOLDER "tests/attacks/submissions"

/* Nobody, and no account of this machine. */
#define ORDINARY_USER 61234

static struct attack *attacks;
static size_t attacks_count;

/* One for each user; shared with the process that hands in for the second one. */
static struct tally {
    int passed, failed, tiers;
} * tally;

static int is_attack(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool is_wanted(const char *name, char **names)
{
    if (!*names)
        return true;
    for (; *names; names++)
        if (strncmp(name, *names, strlen(*names)) == 0)
            return true;
    return false;
}

/* Reads every `step`th attack. */
static void read_attacks(char **names, int step)
{
    struct dirent **entries;
    int count = scandir(FOLDER, &entries, is_attack, alphasort);

    attacks = memory_new(((size_t)(count > 0 ? count : 0) + 1) * sizeof *attacks);
    for (int i = 0; i < count; i++) {
        char *path = string_format(FOLDER "/%s", entries[i]->d_name);
        if (i % step == 0 && is_wanted(entries[i]->d_name, names)) {
            if (attack_read(path, &attacks[attacks_count]))
                attacks_count++;
            else
                tally->failed++;
        }
        free(path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* Hands in an honest submission, to see whether there is this tier. */
static bool is_offered(const struct stage *stage)
{
    struct attack honest = {.path = FOLDER "/write-descriptors.c", .name = "honest"};

    strings_add(&honest.expect, "pass");
    char *wrong = attempt(&honest, stage);
    if (wrong)
        printf("user %u, tier %c: not offered here\n", stage->user, stage->tier);
    strings_release(&honest.expect);
    free(wrong);
    return !wrong;
}

static void run_all(const struct stage *stage)
{
    const struct tally before = *tally;

    for (size_t i = 0; i < attacks_count; i++) {
        if (!strchr(attacks[i].tiers, stage->tier))
            continue;
        char *wrong = attempt(&attacks[i], stage);
        if (wrong)
            printf("FAILED %s, user %u, tier %c: %s\n", attacks[i].name, stage->user, stage->tier,
                   wrong);
        *(wrong ? &tally->failed : &tally->passed) += 1;
        free(wrong);
    }
    printf("user %u, tier %c: %d passed, %d failed\n", stage->user, stage->tier,
           tally->passed - before.passed, tally->failed - before.failed);
    fflush(stdout);
}

/* All tiers for one user; only the best of them if `best`. */
static void run_as(const char *build, unsigned user, bool best)
{
    char *course = course_new(build);

    if (user != geteuid())
        course_give(course, user);
    for (char tier = 'A'; tier <= 'D' && !(best && tally->tiers > 0); tier++) {
        struct stage stage = {.course = course, .user = user, .tier = tier};
        if (is_offered(&stage)) {
            run_all(&stage);
            tally->tiers++;
        }
    }
    course_free(course);
}

/* Both users at the same time, since a grading has many waits in it. */
static void run_both(const char *build)
{
    pid_t other = fork();

    if (other == 0) {
        tally++;
        run_as(build, ORDINARY_USER, false);
        _exit(0);
    }
    run_as(build, geteuid(), false);
    int status = 1;
    if (other < 0 || waitpid(other, &status, 0) < 0 || status != 0)
        tally->failed++;
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--short") == 0;
    const char *build = getenv("BUILD");

    setvbuf(stdout, NULL, _IOLBF, 0);
    tally =
        mmap(NULL, 2 * sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED)
        return 3;
    read_attacks(argv + 1 + brief, brief ? 6 : 1);
    build = build ? build : "build";
    if (geteuid() == 0 && !brief)
        run_both(build);
    else
        run_as(build, geteuid(), brief);
    int passed = tally[0].passed + tally[1].passed, failed = tally[0].failed + tally[1].failed;
    if (tally->tiers == 0 || attacks_count == 0)
        failed++;
    printf("\n%zu attacks\n%d passed, %d failed\n", attacks_count, passed, failed);
    for (size_t i = 0; i < attacks_count; i++)
        attack_release(&attacks[i]);
    free(attacks);
    return failed ? 1 : 0;
}
