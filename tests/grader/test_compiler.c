/* Tests of grader/compiler.c, with the shell in place of the compiler: CC="sh -c" runs each
 * command's first argument as a script. */
#include "compiler.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST 4

static struct compilation commands[MOST];

static void tear_down(void)
{
    for (int i = 0; i < MOST; i++)
        compilation_release(&commands[i]);
}

static void add(int index, const char *script)
{
    commands[index].folder = string_copy("/some/folder");
    strings_add(&commands[index].arguments, script);
}

static void run(size_t count, int seconds)
{
    setenv("CC", "sh -c", 1);
    ck_assert(compiler_run(sandbox_none(), commands, count, seconds, stderr));
}

START_TEST(success_and_failure_are_told_apart)
{
    add(0, "exit 0");
    add(1, "exit 1");
    add(2, "kill -SEGV $$");
    run(3, 100);
    ck_assert_int_eq(commands[0].end, COMPILATION_DONE);
    ck_assert_int_eq(commands[1].end, COMPILATION_FAILED);
    ck_assert_int_eq(commands[2].end, COMPILATION_FAILED);
}
END_TEST

START_TEST(what_each_prints_is_kept_apart)
{
    add(0, "echo one; echo two >&2");
    add(1, "printf 'three\\033[2J'");
    run(2, 100);
    ck_assert_str_eq(commands[0].output, "one\ntwo\n");
    ck_assert_str_eq(commands[1].output, "three\\x1b[2J");
}
END_TEST

START_TEST(a_flood_is_cut)
{
    add(0, "head -c 1000000 /dev/zero | tr '\\0' x");
    run(1, 100);
    ck_assert_int_eq(commands[0].end, COMPILATION_DONE);
    ck_assert_uint_eq(strlen(commands[0].output), 256 << 10);
}
END_TEST

START_TEST(all_run_at_the_same_time)
{
    /* Each waits for the other to have begun. */
    char folder[] = "/tmp/test_compiler-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *a = string_format("mkfifo %s/a; mkfifo %s/b; echo >%s/a; cat %s/b", folder, folder,
                            folder, folder);
    char *b = string_format("until [ -p %s/b ]; do :; done; cat %s/a; echo >%s/b", folder, folder,
                            folder);
    add(0, a);
    add(1, b);
    run(2, 100);
    ck_assert_int_eq(commands[0].end, COMPILATION_DONE);
    ck_assert_int_eq(commands[1].end, COMPILATION_DONE);
    free(a);
    free(b);
    char *command = string_format("rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
    free(command);
}
END_TEST

START_TEST(a_failure_cancels_nothing)
{
    add(0, "exit 1");
    add(1, "echo ran to its end");
    run(2, 100);
    ck_assert_int_eq(commands[1].end, COMPILATION_DONE);
    ck_assert_str_eq(commands[1].output, "ran to its end\n");
}
END_TEST

START_TEST(a_silent_failure_is_told)
{
    add(0, "exit 7");
    add(1, "kill -SEGV $$");
    add(2, "echo said; exit 7");
    run(3, 100);
    ck_assert_str_eq(commands[0].output, "(it exited with status 7, without a word)");
    ck_assert_str_eq(commands[1].output,
                     "(it died of signal 11, Segmentation fault, without a word)");
    ck_assert_str_eq(commands[2].output, "said\n");
}
END_TEST

START_TEST(too_slow_is_stopped_with_its_children)
{
    add(0, "echo begun; sleep 1000");
    run(1, 1);
    ck_assert_int_eq(commands[0].end, COMPILATION_TIMEOUT);
    ck_assert_str_eq(commands[0].output, "begun\n");
}
END_TEST

START_TEST(the_environment_is_small_and_in_english)
{
    setenv("SECRET", "canary", 1);
    setenv("PATH", "/usr/bin:/bin", 1);
    add(0, "env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= | sort");
    run(1, 100);
    ck_assert_str_eq(commands[0].output,
                     "CCACHE_DISABLE=1\nLC_ALL=C\nPATH=/usr/bin:/bin\nTMPDIR=/some/folder\n");
}
END_TEST

START_TEST(a_compiler_that_is_not_there_stops_all)
{
    char *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);

    setenv("CC", "no-such-compiler -O", 1);
    add(0, "x.c");
    add(1, "y.c");
    ck_assert(!compiler_run(sandbox_none(), commands, 2, 100, errors));
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "cannot start no-such-compiler"));
    free(text);
}
END_TEST

START_TEST(without_a_name_it_is_cc)
{
    unsetenv("CC");
    add(0, "--version");
    ck_assert(compiler_run(sandbox_none(), commands, 1, 100, stderr));
    ck_assert_int_eq(commands[0].end, COMPILATION_DONE);
    ck_assert_str_ne(commands[0].output, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compiler");
    TCase *tests = tcase_create("compiler");

    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, success_and_failure_are_told_apart);
    tcase_add_test(tests, what_each_prints_is_kept_apart);
    tcase_add_test(tests, a_flood_is_cut);
    tcase_add_test(tests, all_run_at_the_same_time);
    tcase_add_test(tests, a_failure_cancels_nothing);
    tcase_add_test(tests, a_silent_failure_is_told);
    tcase_add_test(tests, too_slow_is_stopped_with_its_children);
    tcase_add_test(tests, the_environment_is_small_and_in_english);
    tcase_add_test(tests, a_compiler_that_is_not_there_stops_all);
    tcase_add_test(tests, without_a_name_it_is_cc);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
