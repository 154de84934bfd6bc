/* test_environment.c - the grader in places that are not fit for it: full disks, low limits,
 * compilers that die, files that are missing.
 *
 * Whatever is wrong, these must hold: the submission, which is right, never fails for it; what is
 * said names the thing and what to do; and nothing is left, neither processes, nor files, nor half
 * of one. */
#include <check.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"
#include "text.h"

#define LESSON "lessons/01-waiting-overlaps/lesson.yaml"
#define EXERCISE "exercises/01-waiting-overlaps/"
#define RIGHT "check 1 --submission tests/submissions/01-waiting-overlaps/solution.c "
#define OF_RIGHT " 1 --submission tests/submissions/01-waiting-overlaps/solution.c "

/* What goes before the grader on a command line: a script that says when to START it. */
#define SCRIPT(text) "sh -c '" text "'"
#define START "$as \"$0\" \"$@\""

/* The same with file systems of its own, which nobody else sees. An ordinary user needs a user
 * namespace for that, which not every machine lets them have; a second one makes them themselves
 * again. */
#define APART(text)                                                                                \
    "as=\"" AS_USER("unshare --map-user=$(id -u) --map-group=$(id -g)") "\" unshare " AS_USER(     \
        "-r") " -m " SCRIPT("set -e; " text)
#define AS_USER(words) "$(test $(id -u) = 0 || echo " words ")"
#define MOUNT(size, folder) "mkdir -p " folder "; mount -t tmpfs -o size=" size " none " folder "; "
#define FILL(folder) "cat /dev/zero >" folder "/zeros 2>/dev/null || true; "

/* ---- What must always hold ------------------------------------------------------------------- */

/* Whether a process mentions our temporary folder on its command line, as compilers and programs
 * do. */
static bool somebody_works_in(const char *folder)
{
    DIR *processes = opendir("/proc");
    bool found = false;
    for (struct dirent *entry; processes && (entry = readdir(processes)) != NULL;) {
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        char *path = string_format("/proc/%s/cmdline", entry->d_name);
        size_t length = 0;
        char *words = file_read(path, &length);
        found = found || (words && memmem(words, length, folder, strlen(folder)));
        free(words);
        free(path);
    }
    closedir(processes);
    return found;
}

/* Runs barista, whose temporary folder is `tmp`, and looks for what it has left. */
static struct outcome run(const char *settings, const char *arguments)
{
    char *folder = getcwd(NULL, 0), *tmp = string_format("%s/tmp", folder);
    shell("mkdir -p tmp");
    setenv("TMPDIR", tmp, 1);
    struct outcome outcome = barista_with(settings, arguments);
    shell("test -z \"$(ls -A tmp)\"");
    ck_assert(!somebody_works_in(tmp));
    free(tmp);
    free(folder);
    return outcome;
}

/* ... and expects a status, and a word about it on either stream. */
static void expect(const char *settings, const char *arguments, int status, const char *word)
{
    struct outcome outcome = run(settings, arguments);
    ck_assert_msg(outcome.status == status, "%s barista %s: exit %d\n%s%s", settings, arguments,
                  outcome.status, outcome.out, outcome.errors);
    ck_assert_msg(strstr(outcome.out, word) || strstr(outcome.errors, word), "no \"%s\" in:\n%s%s",
                  word, outcome.out, outcome.errors);
    ck_assert_has_not(outcome.out, " FAIL ");
    outcome_release(&outcome);
}

/* A check, of which `why` is wrong, is an error that costs no points. */
static void expect_no_fault(const char *settings, const char *why)
{
    char *arguments = string_format(RIGHT "--json r.json");
    expect(settings, arguments, BARISTA_INFRA, why);
    json_t *json = json_load_file("r.json", 0, NULL);
    ck_assert_str_eq(json_string_value(json_object_get(json, "verdict")), "error");
    json_decref(json);
    free(arguments);
}

/* Keeps of the lesson what takes no measuring. */
static void shorten_lesson(void)
{
    shell("sed -i '/^checks:/,$d' " LESSON
          " && echo 'checks: [{kind: build, points: 10}, {kind: answer, "
          "points: 90, input: {sites: 10, wait_ms: 2}, seeds: 2}]' >>" LESSON);
}

/* Whether this machine lets us have file systems of our own; says so if not. */
static bool can_be_apart(void)
{
    bool can = system(APART(MOUNT("4k", "apart")) " 2>/dev/null") == 0;
    if (!can)
        puts("not tried: there are no mounts here");
    return can;
}

/* ---- Compilers ------------------------------------------------------------------------------- */

/* Makes a compiler that runs a line of shell first. It lies where a sandbox takes it in: beside a
 * bin/, there can be more that belongs to it. */
static void make_compiler(const char *line)
{
    char *command =
        string_format("mkdir -p bin && printf '#!/bin/sh\\n%%s\\nexec /usr/bin/cc \"$@\"\\n' "
                      "'%s' >bin/mycc && chmod +x bin/mycc",
                      line);
    shell(command);
    free(command);
}

#define OWN_COMPILER "CC=\"$PWD/bin/mycc\" "

START_TEST(a_compiler_that_dies)
{
    make_compiler("kill -SEGV $$");
    expect_no_fault("env " OWN_COMPILER, "it died of signal 11");
    expect_no_fault("env CC=false", "it exited with status 1, without a word");
}
END_TEST

START_TEST(no_compiler)
{
    expect_no_fault("env CC=none", "there is no compiler none: set CC to one");
    expect_no_fault("env PATH=/nowhere", "there is no compiler cc: set CC to one");
}
END_TEST

START_TEST(no_bubblewrap)
{
    shorten_lesson();
    expect("env PATH=/nowhere CC='/usr/bin/cc -B/usr/bin'", RIGHT, BARISTA_PASS,
           "tier C: without namespaces");
}
END_TEST

/* ---- Files of the course --------------------------------------------------------------------- */

/* Root may read everything, and finds nonsense. */
static void make_unreadable(const char *path)
{
    char *command = string_format("echo '] nonsense' >%s && chmod 000 %s", path, path);
    shell(command);
    free(command);
}

START_TEST(an_unreadable_lesson)
{
    make_unreadable(LESSON);
    expect("", RIGHT, BARISTA_USAGE, LESSON ":1:1: ");
}
END_TEST

START_TEST(a_missing_oracle)
{
    shell("rm " EXERCISE "oracle.c");
    expect("", RIGHT, BARISTA_USAGE, "cannot find " EXERCISE "oracle.c");
}
END_TEST

START_TEST(an_unreadable_harness)
{
    make_unreadable(EXERCISE "harness.c");
    expect_no_fault("", "harness.c could not be built");
}
END_TEST

START_TEST(an_unreadable_header)
{
    make_unreadable(EXERCISE "fetch.h");
    expect_no_fault("", "fetch.h");
}
END_TEST

START_TEST(a_library_that_is_empty)
{
    shell(
        "mv build b && mkdir build && ln -s \"$(readlink b)\"/* build && rm build/libbarista.a && "
        ": >build/libbarista.a");
    expect_no_fault("", "the oracle could not be built");
}
END_TEST

START_TEST(no_lessons)
{
    shell("rm -r lessons");
    static const char *const commands[] = {"check 1", "list", "progress", "lint"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        expect("", commands[i], BARISTA_USAGE, "go to the project's top folder");
}
END_TEST

/* ---- Limits ---------------------------------------------------------------------------------- */

START_TEST(a_limit_that_is_too_low)
{
    static const struct {
        const char *limit, *word;
    } limits[] = {
        {"prlimit --nofile=20", "needs 256 open files, and only 20 are allowed here (ulimit -n)"},
        {"prlimit --nproc=200", "(ulimit -u)"},
        {"prlimit --as=500000000", "only 476 are allowed here (ulimit -v)"},
        {"prlimit --data=500000000", "(ulimit -d)"},
        {"prlimit --fsize=100000", "(ulimit -f)"},
        {"prlimit --stack=500000", "(ulimit -s)"},
        {"prlimit --cpu=30", "(ulimit -t)"},
    };
    static const char *const commands[] = {"check", "sim", "why", "trace", "explore"};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        char *arguments = string_format("%s" OF_RIGHT, commands[i % 5]);
        expect(limits[i].limit, arguments, BARISTA_INFRA, limits[i].word);
        free(arguments);
    }
}
END_TEST

START_TEST(a_soft_limit_that_may_be_raised)
{
    shorten_lesson();
    expect("prlimit --nofile=20: --stack=500000: --fsize=100000:", RIGHT, BARISTA_PASS,
           "Score 100/100");
}
END_TEST

START_TEST(next_to_nothing)
{
    expect("prlimit --nofile=6", RIGHT, BARISTA_INFRA, "grading needs 256 open files");
    shell("mkdir -p .barista");
    expect("prlimit --fsize=10", "hint 1", BARISTA_INFRA, "");
    expect(SCRIPT("prlimit --fsize=10 " START " 2>&1 | cat"), "hint 1", BARISTA_PASS,
           "what you have done is not kept: cannot write .barista/progress.json: File too large");
}
END_TEST

/* ---- Full disks ------------------------------------------------------------------------------ */

START_TEST(a_temporary_folder_that_is_not_there)
{
    expect("env TMPDIR=/nowhere", RIGHT, BARISTA_INFRA,
           "No such file or directory; let TMPDIR name a folder that can be written");
}
END_TEST

START_TEST(a_temporary_folder_that_is_full)
{
    static const char *const commands[] = {"check", "sim", "why", "trace", "explore"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands && can_be_apart(); i++) {
        char *arguments = string_format("%s" OF_RIGHT, commands[i]);
        expect(APART(MOUNT("1m", "tmp") START), arguments, BARISTA_INFRA,
               "KiB are needed: remove something, or let TMPDIR name another folder");
        free(arguments);
    }
}
END_TEST

START_TEST(a_disk_that_is_full_before_the_compiler_is_done)
{
    make_compiler("cat /dev/zero >$TMPDIR/zeros");
    if (can_be_apart())
        expect_no_fault(APART("export " OWN_COMPILER "; " MOUNT("10m", "tmp") START),
                        "No space left");
}
END_TEST

/* The screen tells it all; the file is not there, nor is half of it. */
START_TEST(a_result_that_has_no_room)
{
    static const char *const commands[] = {
        "check" OF_RIGHT "--json full/r", "sim" OF_RIGHT "--json full/r",
        "explore" OF_RIGHT "--json full/r", "trace" OF_RIGHT "--html full/r"};
    shorten_lesson();
    for (size_t i = 0; i < sizeof commands / sizeof *commands && can_be_apart(); i++)
        expect(APART(MOUNT("16k", "full") FILL(
                   "full") "status=0; " START " || status=$?; test \"$(ls full)\" = zeros; "
                           "exit $status"),
               commands[i], BARISTA_INFRA, "cannot write full/r: No space left on device");
}
END_TEST

/* ---- Places that keep nothing ---------------------------------------------------------------- */

START_TEST(a_folder_for_progress_that_is_full)
{
    shorten_lesson();
    shell("echo work >" EXERCISE "fetch.c");
    if (!can_be_apart())
        return;
    const char *full = APART(MOUNT("16k", ".barista") "echo {} >.barista/progress.json; " FILL(
        ".barista") "status=0; " START " || status=$?; "
                    "test \"$(cat .barista/progress.json)\" = {}; exit $status");
    expect(full, "hint 1", BARISTA_PASS,
           "is not kept: cannot write .barista/progress.json: No space");
    expect(full, "reset 1", BARISTA_INFRA, "nothing was reset, because your work cannot be kept");
    shell("test \"$(cat " EXERCISE "fetch.c)\" = work");
}
END_TEST

START_TEST(a_folder_that_is_read_only)
{
    const char *locked = APART("mount --bind . .; mount -o remount,ro,bind . .; cd \"$PWD\"; "
                               "mount -t tmpfs none tmp; " START);
    shorten_lesson();
    shell("mkdir -p tmp && echo work >" EXERCISE "fetch.c");
    if (!can_be_apart())
        return;
    expect(locked, RIGHT, BARISTA_PASS, "Score 100/100");
    expect(locked, RIGHT "--json r.json", BARISTA_INFRA,
           "cannot write r.json: Read-only file system");
    expect(locked, "hint 1", BARISTA_PASS, "what you have done is not kept");
    expect(locked, "progress", BARISTA_PASS, "What you do is not kept");
    expect(locked, "reset 1", BARISTA_INFRA, "fetch.c.original: Read-only file system");
    shell("test \"$(cat " EXERCISE "fetch.c)\" = work");
}
END_TEST

START_TEST(no_home)
{
    shorten_lesson();
    expect("env -u HOME", RIGHT, BARISTA_PASS, "Score 100/100");
    expect("env HOME=/nowhere", RIGHT, BARISTA_PASS, "Score 100/100");
    expect("env -i TMPDIR=\"$TMPDIR\"", RIGHT, BARISTA_PASS, "Score 100/100");
}
END_TEST

/* Has this process live on a kernel that does not know Landlock. */
static void lose_landlock(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

/* There, an attempt to make a file in /tmp succeeds. The file is removed, and the next attempt is
 * not taken in by it. */
START_TEST(no_landlock)
{
    lose_landlock();
    shell("touch before");
    for (int i = 0; i < 2; i++) {
        expect("env PATH=/nowhere", "doctor", BARISTA_PASS, "missing  landlock");
        expect("env PATH=/nowhere", "doctor", BARISTA_PASS, "can make a file in /tmp");
    }
    shell("test -z \"$(find /tmp /var/tmp /dev/shm -maxdepth 1 -name '*canary*' -newer before)\"");
}
END_TEST

/* `unshare -r`: its root is root by name only, and has nobody to become. */
START_TEST(root_of_a_user_namespace)
{
    if (system("unshare -r true 2>/dev/null") != 0) {
        puts("not tried: there are no user namespaces here");
        return;
    }
    shorten_lesson();
    expect("unshare -r", RIGHT, BARISTA_PASS, "Score 100/100");
    expect("unshare -r", RIGHT "--tier C", BARISTA_PASS, "Score 100/100");
    expect("unshare -r", "doctor", BARISTA_PASS, "Sandbox: tier ");
}
END_TEST

/* The root of a container from which that was taken. Nothing may run as root instead. */
START_TEST(root_that_may_become_nobody_else)
{
    const char *container = "setpriv --bounding-set -setuid,-setgid --inh-caps -setuid,-setgid";

    if (geteuid() != 0)
        return;
    expect(container, RIGHT, BARISTA_INFRA, "run it as an ordinary user");
    expect(container, "doctor", BARISTA_INFRA, "run it as an ordinary user");
}
END_TEST

START_TEST(a_path_with_spaces_and_quotes)
{
    shorten_lesson();
    shell("d=\"it's a \\\"course\\\"\" && mkdir \"$d\" && mkdir \"$d/it's tmp\" && "
          "mv lessons exercises runtime build tests .git \"$d\"");
    const char *inside = SCRIPT("cd it*; export TMPDIR=\"$(echo \"$PWD\"/it*)\"; " START);
    expect(inside, RIGHT, BARISTA_PASS, "Score 100/100");
    expect(inside, "trace" OF_RIGHT "--html 'a page.html'", BARISTA_PASS,
           "a page.html shows all of it");
    expect(inside, "reset 1", BARISTA_PASS, "There is nothing to reset");
    shell("test -z \"$(ls -A it*/it*)\"");
}
END_TEST

/* ---- Standard output ------------------------------------------------------------------------- */

/* A result that is there, and whole, and alone. */
static void check_whole(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    ck_assert_msg(json_is_object(json), "%s: %s", path, error.text);
    json_decref(json);
}

START_TEST(standard_descriptors_that_are_closed)
{
    shorten_lesson();
    expect(SCRIPT(START " <&- >&- 2>&-"), RIGHT "--json r.json", BARISTA_PASS, "");
    check_whole("r.json");
    expect(SCRIPT(START " >&-"), "list", BARISTA_PASS, "");
}
END_TEST

START_TEST(a_screen_that_is_full)
{
    expect(SCRIPT(START " >/dev/full"), "list", BARISTA_INFRA,
           "cannot write to standard output: No space left on device");
    expect(SCRIPT(START " >/dev/full"), "check 77", BARISTA_USAGE, "there is no lesson");
}
END_TEST

START_TEST(a_reader_that_goes_away)
{
    shorten_lesson();
    expect(SCRIPT(START " | :"), RIGHT "--json r.json", BARISTA_PASS, "");
    check_whole("r.json");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("environment");
    TCase *tests = course_case(suite, "environment");
    tcase_add_test(tests, a_compiler_that_dies);
    tcase_add_test(tests, no_compiler);
    tcase_add_test(tests, no_bubblewrap);
    tcase_add_test(tests, an_unreadable_lesson);
    tcase_add_test(tests, a_missing_oracle);
    tcase_add_test(tests, an_unreadable_harness);
    tcase_add_test(tests, an_unreadable_header);
    tcase_add_test(tests, a_library_that_is_empty);
    tcase_add_test(tests, no_lessons);
    tcase_add_test(tests, a_limit_that_is_too_low);
    tcase_add_test(tests, a_soft_limit_that_may_be_raised);
    tcase_add_test(tests, next_to_nothing);
    tcase_add_test(tests, a_temporary_folder_that_is_not_there);
    tcase_add_test(tests, a_temporary_folder_that_is_full);
    tcase_add_test(tests, a_disk_that_is_full_before_the_compiler_is_done);
    tcase_add_test(tests, a_result_that_has_no_room);
    tcase_add_test(tests, a_folder_for_progress_that_is_full);
    tcase_add_test(tests, a_folder_that_is_read_only);
    tcase_add_test(tests, no_home);
    tcase_add_test(tests, no_landlock);
    tcase_add_test(tests, root_of_a_user_namespace);
    tcase_add_test(tests, root_that_may_become_nobody_else);
    tcase_add_test(tests, a_path_with_spaces_and_quotes);
    tcase_add_test(tests, standard_descriptors_that_are_closed);
    tcase_add_test(tests, a_screen_that_is_full);
    tcase_add_test(tests, a_reader_that_goes_away);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
