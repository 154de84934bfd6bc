/* test_lessons.c - proves the lessons themselves: for each one the untouched exercise fails, every
 * solution passes, and every way of being wrong gets its own reason.
 *
 * It sees Barista as an instructor's script does: it runs the barista program, and believes its
 * exit status and the JSON report. A submission's file name says what is expected of it:
 *
 *     tests/submissions/<lesson>/solution*                     passes
 *     tests/submissions/<lesson>/wrong-<reason>[-<variant>]    fails for that reason
 *
 * Solutions and decoys are found by their names, so adding one adds a test. A grading that the
 * machine could not decide is accepted, because it is nobody's fault: with one CPU nothing runs in
 * parallel, and on a busy machine times say nothing. Such a decoy is graded once more, and named in
 * the output if it stays undecided. So that a grader which never decides does not pass for a busy
 * machine, at least one solution must have passed outright.
 *
 * The untouched exercise is the one of the last commit, so that a student who has solved some of
 * them can still run these tests; without git, or for a lesson not yet committed, it is the one in
 * the folder.
 *
 * A grading takes 2 s, or 10 where the times decide. `make test` grades a part, see leave_out():
 * TEST_LESSONS_ALL=1 in the environment, which `make test-lessons` sets, grades all;
 * TEST_LESSONS=03 all of the lessons whose id starts with this. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpus.h"
#include "lesson.h"
#include "result.h"
#include "text.h"

/* One grading measures for 6 s at most on a quiet machine; this is for one that is not. */
#define TIMEOUT_S 300

#define DECOYS_LEAST 3

/* ---- What there is to grade ------------------------------------------------------------------ */

struct candidate {
    char *lesson;
    char *path;   /* of the submission */
    char *reason; /* a decoy's; NULL for a solution */
    bool left_out;
};

struct candidates {
    struct candidate *items;
    int count;
};

static struct strings lessons;
static struct strings stubs; /* lessons whose untouched exercise is graded */
static struct candidates solutions, decoys;

/* How many solutions passed with every check decided. Check runs each test in a process of its own,
 * so this lies in memory that they share. */
static _Atomic(int) *passed_outright;

static void candidates_add(struct candidates *list, const char *lesson, char *path, char *reason)
{
    list->items = memory_resize(list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count++] =
        (struct candidate){.lesson = string_copy(lesson), .path = path, .reason = reason};
}

/* The reason in "wrong-not_parallel-one-lock.c": up to the next '-' or '.'. Owned. */
static char *reason_in_name(const char *name)
{
    const char *start = name + strlen("wrong-");

    return string_format("%.*s", (int)strcspn(start, "-."), start);
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int is_submission(const struct dirent *entry)
{
    return starts_with(entry->d_name, "solution") || starts_with(entry->d_name, "wrong-");
}

static void find_submissions(const char *lesson)
{
    char *folder = string_format("tests/submissions/%s", lesson);
    struct dirent **entries;
    int count = scandir(folder, &entries, is_submission, alphasort);

    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        char *path = string_format("%s/%s", folder, name);
        bool wrong = starts_with(name, "wrong-");

        candidates_add(wrong ? &decoys : &solutions, lesson, path,
                       wrong ? reason_in_name(name) : NULL);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(folder);
}

static void find_candidates(void)
{
    struct strings all = lesson_ids();
    const char *only = getenv("TEST_LESSONS");

    for (size_t i = 0; i < all.count; i++) {
        if (only && !starts_with(all.items[i], only))
            continue;
        strings_add(&lessons, all.items[i]);
        find_submissions(all.items[i]);
    }
    strings_release(&all);
}

static bool is_of(const struct candidate *candidate, const char *lesson)
{
    return strcmp(candidate->lesson, lesson) == 0;
}

static bool has_earlier_with_reason(const struct candidates *list, int index)
{
    for (int i = 0; i < index; i++) {
        if (!list->items[i].left_out &&
            strcmp(list->items[i].reason, list->items[index].reason) == 0)
            return true;
    }
    return false;
}

/* Lessons 00, 04, 08 ... */
static bool is_in_short_form(const char *lesson)
{
    return atoi(lesson) % 4 == 0;
}

/* Chooses what the short form leaves to the long one. It keeps every fourth lesson, of that the
 * untouched exercise, the first solution, and the decoys whose reason no earlier one has. */
static void leave_out(void)
{
    for (int i = 0; i < solutions.count; i++) {
        const char *lesson = solutions.items[i].lesson;
        bool first = i == 0 || !is_of(&solutions.items[i - 1], lesson);
        solutions.items[i].left_out = !first || !is_in_short_form(lesson);
    }
    for (int i = 0; i < decoys.count; i++)
        decoys.items[i].left_out =
            !is_in_short_form(decoys.items[i].lesson) || has_earlier_with_reason(&decoys, i);
    for (size_t i = 0; i < lessons.count; i++) {
        if (is_in_short_form(lessons.items[i]))
            strings_add(&stubs, lessons.items[i]);
    }
}

/* ---- Grading one ----------------------------------------------------------------------------- */

/* Runs a shell command that is made in printf's way, and asserts that it succeeds. */
static void shell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *command = string_format_list(format, arguments);
    va_end(arguments);
    ck_assert_msg(system(command) == 0, "this failed: %s", command);
    free(command);
}

/* Makes a folder for one grading. Owned. */
static char *temporary_folder(void)
{
    const char *parent = getenv("TMPDIR");
    char *folder = string_format("%s/barista-lessons-XXXXXX", parent ? parent : "/tmp");

    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

struct grading {
    int status;     /* exit status of barista; -1 if it was killed */
    char *screen;   /* what it printed, for the failure's message */
    json_t *report; /* NULL if there was none */
};

/* Starts the program with its output in a file, waits for it, and returns its exit status. */
static int run_to_end(char **arguments, const char *output)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    int error = posix_spawn(&child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ck_assert_msg(error == 0, "%s: %s", arguments[0], strerror(error));

    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct grading grade(const struct candidate *candidate)
{
    char *folder = temporary_folder();
    char *screen = string_format("%s/screen", folder);
    char *json = string_format("%s/report.json", folder);

    const char *program = getenv("BARISTA");
    char *arguments[] = {(char *)(program ? program : "build/barista"),
                         "check",
                         candidate->lesson,
                         "--json",
                         json,
                         "--submission",
                         candidate->path,
                         NULL};
    struct grading grading = {.status = run_to_end(arguments, screen)};
    grading.screen = file_read(screen, NULL);
    grading.report = json_load_file(json, 0, NULL);

    shell("rm -r '%s'", folder);
    free(screen);
    free(json);
    free(folder);
    return grading;
}

static void grading_release(struct grading *grading)
{
    free(grading->screen);
    json_decref(grading->report);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* The reason of the first check with this status; "" if there is none. */
static const char *reason_with_status(const struct grading *grading, const char *status)
{
    size_t i;
    json_t *check;

    json_array_foreach(json_object_get(grading->report, "checks"), i, check) {
        if (strcmp(text_of(check, "status"), status) == 0)
            return text_of(check, "reason");
    }
    return "";
}

static bool has_verdict(const struct grading *grading, enum status status)
{
    return strcmp(text_of(grading->report, "verdict"), status_name(status)) == 0;
}

/* Whether the machine is why there is no verdict. */
static bool undecided(const struct grading *grading)
{
    const char *reason = reason_with_status(grading, "inconclusive");
    bool one_cpu = strcmp(reason, reason_code(REASON_ONE_CPU)) == 0 && cpus_allowed().count == 1;
    bool noisy = strcmp(reason, reason_code(REASON_NOISY_MACHINE)) == 0;

    return has_verdict(grading, STATUS_INCONCLUSIVE) && (one_cpu || noisy);
}

/* Fails the test unless `truth` holds, with everything that a person needs to see why. */
static void expect(bool truth, const char *expected, const struct candidate *candidate,
                   const struct grading *grading)
{
    if (truth)
        return;
    ck_abort_msg("%s %s: expected %s, but the exit status is %d, the verdict '%s' and the reason "
                 "'%s'. It printed:\n%s",
                 candidate->lesson, candidate->path, expected, grading->status,
                 text_of(grading->report, "verdict"), reason_with_status(grading, "fail"),
                 grading->screen ? grading->screen : "");
}

/* ---- Tests ----------------------------------------------------------------------------------- */

START_TEST(there_are_lessons)
{
    ck_assert_uint_gt(lessons.count, 0);
}
END_TEST

START_TEST(lesson_has_a_solution_and_enough_decoys)
{
    const char *lesson = lessons.items[_i];
    int own_solutions = 0, own_decoys = 0;

    for (int i = 0; i < solutions.count; i++)
        own_solutions += strcmp(solutions.items[i].lesson, lesson) == 0;
    for (int i = 0; i < decoys.count; i++)
        own_decoys += strcmp(decoys.items[i].lesson, lesson) == 0;

    ck_assert_msg(own_solutions >= 1, "tests/submissions/%s has no solution*.c", lesson);
    ck_assert_msg(own_decoys >= DECOYS_LEAST,
                  "tests/submissions/%s has %d wrong-*.c, %d are wanted", lesson, own_decoys,
                  DECOYS_LEAST);
}
END_TEST

START_TEST(decoy_is_named_after_a_reason)
{
    const struct candidate *decoy = &decoys.items[_i];
    bool known = false;

    for (int reason = REASON_NONE + 1; reason <= REASON_INFRASTRUCTURE; reason++)
        known |= strcmp(decoy->reason, reason_code(reason)) == 0;
    ck_assert_msg(known, "%s: '%s' is no reason code of grader/result.h", decoy->path,
                  decoy->reason);
}
END_TEST

/* Puts the untouched student files of a lesson into a folder. */
static void copy_stub(const char *lesson_id, const char *folder)
{
    struct lesson *lesson = lesson_load(lesson_id, stderr);

    ck_assert_ptr_nonnull(lesson);
    for (size_t i = 0; i < lesson->student.count; i++)
        shell("file='exercises/%s/%s'; "
              "git show \"HEAD:./$file\" >'%s/%s' 2>/dev/null || cp \"$file\" '%s'",
              lesson_id, lesson->student.items[i], folder, lesson->student.items[i], folder);
    lesson_free(lesson);
}

START_TEST(stub_fails)
{
    char *folder = temporary_folder();
    struct candidate stub = {.lesson = stubs.items[_i], .path = folder};

    copy_stub(stub.lesson, folder);
    struct grading grading = grade(&stub);
    shell("rm -r '%s'", folder);

    expect(grading.status == BARISTA_FAIL && has_verdict(&grading, STATUS_FAIL),
           "a failure (exit status 1)", &stub, &grading);
    grading_release(&grading);
    free(folder);
}
END_TEST

START_TEST(solution_passes)
{
    const struct candidate *solution = &solutions.items[_i];

    if (solution->left_out)
        return;
    struct grading grading = grade(solution);
    bool passed = has_verdict(&grading, STATUS_PASS);

    expect(grading.status == BARISTA_PASS && (passed || undecided(&grading)),
           "a pass (exit status 0)", solution, &grading);
    expect(json_number_value(json_object_get(grading.report, "score")) == 100, "all points",
           solution, &grading);
    *passed_outright += passed;
    grading_release(&grading);
}
END_TEST

START_TEST(decoy_gets_its_reason)
{
    const struct candidate *decoy = &decoys.items[_i];

    if (decoy->left_out)
        return;
    struct grading grading = grade(decoy);
    if (undecided(&grading)) {
        grading_release(&grading);
        grading = grade(decoy);
    }

    if (undecided(&grading)) {
        printf("Not decided, because the machine is too busy or too small: %s\n", decoy->path);
    } else {
        char *expected = string_format("a failure (exit status 1) for %s", decoy->reason);

        expect(grading.status == BARISTA_FAIL &&
                   strcmp(reason_with_status(&grading, "fail"), decoy->reason) == 0,
               expected, decoy, &grading);
        free(expected);
    }
    grading_release(&grading);
}
END_TEST

START_TEST(some_solution_passes_outright)
{
    bool too_small = cpus_allowed().count == 1; /* then it depends on the lessons */

    ck_assert_msg(
        *passed_outright > 0 || too_small,
        "no solution passed with every check decided: is the machine that busy? If so, run "
        "the tests again when it is not");
}
END_TEST

static TCase *tests_of_all_lessons(void)
{
    TCase *tests = tcase_create("lessons");

    tcase_set_timeout(tests, TIMEOUT_S);
    tcase_add_test(tests, there_are_lessons);
    tcase_add_loop_test(tests, lesson_has_a_solution_and_enough_decoys, 0, (int)lessons.count);
    tcase_add_loop_test(tests, decoy_is_named_after_a_reason, 0, decoys.count);
    tcase_add_loop_test(tests, stub_fails, 0, (int)stubs.count);
    tcase_add_loop_test(tests, solution_passes, 0, solutions.count);
    tcase_add_test(tests, some_solution_passes_outright);
    tcase_add_loop_test(tests, decoy_gets_its_reason, 0, decoys.count);
    return tests;
}

static void candidates_release(struct candidates *list)
{
    for (int i = 0; i < list->count; i++) {
        free(list->items[i].lesson);
        free(list->items[i].path);
        free(list->items[i].reason);
    }
    free(list->items);
}

int main(void)
{
    passed_outright = mmap(NULL, sizeof *passed_outright, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    find_candidates();
    if (getenv("TEST_LESSONS_ALL") || getenv("TEST_LESSONS"))
        strings_add_all(&stubs, &lessons);
    else
        leave_out();

    Suite *suite = suite_create("lessons");
    suite_add_tcase(suite, tests_of_all_lessons());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    strings_release(&lessons);
    strings_release(&stubs);
    candidates_release(&solutions);
    candidates_release(&decoys);
    return failed ? 1 : 0;
}
