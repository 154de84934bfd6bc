/* test_programs.c - the programs that explanations are judged on are what README.md says.
 *
 * Whether the explanations are right is no question here, but that the programs are: each says what is
 * expected, is right in its answer, ends by itself and leaves no task behind. They are built beside this
 * test, one for each file. */
#include <check.h>
#include <glob.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* And how many programs there have to be for each. */
static const struct {
    const char *cause;
    size_t at_least;
} causes[] = {
    {"serialised_by_lock", 4}, {"critical_path", 4}, {"grain_too_small", 4}, {"imbalance", 4},
    {"io_not_overlapped", 4},  {"memory_effect", 4}, {"spinning", 4},        {"none", 8},
};

#define CAUSES ((int)(sizeof causes / sizeof *causes))

static glob_t sources;

static const char *name_of(const char *source)
{
    return strrchr(source, '/') + 1;
}

/* The index of the cause that a file's name begins with. */
static int cause_of(const char *source)
{
    for (int i = 0; i < CAUSES; i++) {
        size_t length = strlen(causes[i].cause);
        if (strncmp(name_of(source), causes[i].cause, length) == 0 &&
            name_of(source)[length] == '-') {
            return i;
        }
    }
    return -1;
}

static bool ends_with(const char *line, const char *end)
{
    size_t length = strlen(line), its = strlen(end);
    return length >= its && strcmp(line + length - its, end) == 0;
}

START_TEST(each_says_what_to_expect_and_where)
{
    const char *source = sources.gl_pathv[_i];
    int cause = cause_of(source), expectations = 0, marks = 0;
    ck_assert_msg(cause >= 0, "%s: begins with no cause", source);

    char line[256], expected[64];
    snprintf(expected, sizeof expected, "/* expect: %s */\n", causes[cause].cause);
    FILE *file = fopen(source, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert(fgets(line, sizeof line, file) != NULL && strncmp(line, "/* ", 3) == 0);
    while (fgets(line, sizeof line, file) != NULL) {
        expectations += strcmp(line, expected) == 0;
        marks += ends_with(line, "/* here */\n");
    }
    fclose(file);
    ck_assert_msg(expectations == 1, "%s: should say %s", source, expected);
    ck_assert_msg((marks > 0) == (strcmp(causes[cause].cause, "none") != 0), "%s: %d marks", source,
                  marks);
}
END_TEST

START_TEST(there_are_enough_for_each_cause)
{
    size_t counts[CAUSES] = {0};
    for (size_t i = 0; i < sources.gl_pathc; i++) {
        int cause = cause_of(sources.gl_pathv[i]);
        ck_assert_int_ge(cause, 0);
        counts[cause]++;
    }
    for (int i = 0; i < CAUSES; i++) {
        ck_assert_msg(counts[i] >= causes[i].at_least, "%s: %zu programs", causes[i].cause,
                      counts[i]);
    }
}
END_TEST

START_TEST(each_gets_its_answer_and_leaves_no_task)
{
    char self[PATH_MAX] = "", program[PATH_MAX + NAME_MAX];
    ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
    snprintf(program, sizeof program, "%s/%s", dirname(self), name_of(sources.gl_pathv[_i]));
    *strrchr(program, '.') = '\0';

    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        setenv("RT_LEAKS", "1", 1);
        setenv("RT_PROCS", "2", 1);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(status == 0, "%s: ended with wait status %#x", program, (unsigned)status);
}
END_TEST

int main(void)
{
    if (glob("tests/explain/*-*.c", 0, NULL, &sources) != 0) {
        fputs("test_programs: run it in the project's folder\n", stderr);
        return EXIT_FAILURE;
    }
    TCase *form = tcase_create("form");
    tcase_add_loop_test(form, each_says_what_to_expect_and_where, 0, (int)sources.gl_pathc);
    tcase_add_test(form, there_are_enough_for_each_cause);
    TCase *runs = tcase_create("runs");
    tcase_set_timeout(runs, 60);
    tcase_add_loop_test(runs, each_gets_its_answer_and_leaves_no_task, 0, (int)sources.gl_pathc);
    Suite *suite = suite_create("programs to explain");
    suite_add_tcase(suite, form);
    suite_add_tcase(suite, runs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&sources);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
