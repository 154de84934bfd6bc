/* Tests of grader/linker_output.c, on what GNU ld 2.40, gold 1.16 and lld 14 really print. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

static struct diagnostics list;
static struct strings student, api;

static void set_up(void)
{
    strings_add(&student, "exercises/03/pool.c");
    strings_add(&api, "rt_chan_send");
    strings_add(&api, "rt_go");
}

static void tear_down(void)
{
    diagnostics_release(&list);
    strings_release(&student);
    strings_release(&api);
}

static void read_output(const char *output)
{
    struct diagnostics_context context = {&student, &api};

    diagnostics_add_linker(&list, output, &context);
}

static void expect(size_t index, int line, const char *message, const char *advice)
{
    ck_assert_uint_lt(index, list.count);

    const struct diagnostic *item = &list.items[index];
    ck_assert(item->error);
    ck_assert_str_eq(item->message, message);
    ck_assert_str_eq(item->file, "exercises/03/pool.c");
    ck_assert_int_eq(item->line, line);
    ck_assert_str_eq(item->advice, advice);
}

/* The same two mistakes, as each linker tells them: the student's file calls rt_chan_snd, and
 * does not define work, which the harness calls twice. */
static const char *const missing[] = {
    "/usr/bin/ld.bfd: /tmp/x/student0.o: in function `run':\n"
    "/tmp/t/exercises/03/pool.c:2: undefined reference to `rt_chan_snd'\n"
    "/usr/bin/ld.bfd: h.o: in function `harness':\n"
    "/tmp/t/h.c:1: undefined reference to `work'\n"
    "/usr/bin/ld.bfd: /tmp/t/h.c:2: undefined reference to `work'\n"
    "collect2: error: ld returned 1 exit status\n",

    "exercises/03/pool.c:2: error: undefined reference to 'rt_chan_snd'\n"
    "/tmp/t/h.c:1: error: undefined reference to 'work'\n"
    "/tmp/t/h.c:2: error: undefined reference to 'work'\n"
    "collect2: error: ld returned 1 exit status\n",

    "ld.lld: error: undefined symbol: rt_chan_snd\n"
    ">>> referenced by pool.c:2 (exercises/03/pool.c:2)\n"
    ">>>               /tmp/x/student0.o:(run)\n"
    "\n"
    "ld.lld: error: undefined symbol: work\n"
    ">>> referenced by h.c:1 (/tmp/t/h.c:1)\n"
    ">>>               h.o:(harness)\n"
    ">>> referenced by h.c:2 (/tmp/t/h.c:2)\n"
    ">>>               h.o:(main)\n"
    ">>> did you mean: fork\n"
    ">>> defined in: /lib/x86_64-linux-gnu/libc.so.6\n"
    "clang: error: linker command failed with exit code 1 (use -v to see invocation)\n",
};

START_TEST(a_missing_name_is_explained)
{
    read_output(missing[_i]);
    ck_assert_uint_eq(list.count, 2);
    expect(0, 2, "rt_chan_snd is used here but defined nowhere", "did you mean rt_chan_send?");
    expect(1, 0, "the exercise needs work, which your file does not define",
           "is it there, spelt exactly so, and not static?");
}
END_TEST

static const char *const twice[] = {
    "/usr/bin/ld.bfd: h.o: in function `main':\n"
    "/tmp/t/h.c:2: multiple definition of `main'; "
    "/tmp/x/student0.o:/tmp/t/exercises/03/pool.c:4: first defined here\n"
    "/usr/bin/ld.bfd: /tmp/t/h.c:9: multiple definition of `harness'; "
    "/tmp/x/student0.o:/tmp/t/exercises/03/pool.c:7: first defined here\n"
    "collect2: error: ld returned 1 exit status\n",

    "ld.lld: error: duplicate symbol: main\n"
    ">>> defined at pool.c:4 (exercises/03/pool.c:4)\n"
    ">>>            /tmp/x/student0.o:(main)\n"
    ">>> defined at h.c:2 (/tmp/t/h.c:2)\n"
    ">>>            h.o:(.text.startup+0x0)\n"
    "\n"
    "ld.lld: error: duplicate symbol: harness\n"
    ">>> defined at pool.c:7 (exercises/03/pool.c:7)\n"
    ">>>            /tmp/x/student0.o:(harness)\n",
};

START_TEST(a_name_defined_twice_is_explained)
{
    read_output(twice[_i]);
    ck_assert_uint_eq(list.count, 2);
    expect(0, 4, "the exercise has its own main(), so yours is one too many",
           "take it out; `make run` tries your functions");
    expect(1, 7, "harness is defined twice: the exercise has one, too",
           "give yours another name, or make it static");
}
END_TEST

START_TEST(without_debug_information_there_is_no_line)
{
    read_output("/usr/bin/ld.gold: error: h.o: multiple definition of 'rt_go'\n"
                "/usr/bin/ld.gold: /tmp/x/student0.o: previous definition here\n");
    ck_assert_uint_eq(list.count, 1);
    expect(0, 0, "rt_go is a function of the runtime", "give yours another name");
}
END_TEST

START_TEST(with_several_files_the_linker_does_not_guess_one)
{
    strings_add(&student, "exercises/03/other.c");
    read_output(missing[0]);
    ck_assert_str_eq(list.items[0].file, "exercises/03/pool.c");
    ck_assert_ptr_null(list.items[1].file);
}
END_TEST

START_TEST(other_words_are_left_alone)
{
    read_output("/usr/bin/ld: cannot find -lm\ncollect2: error: ld returned 1 exit status\n");
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("linker_output");
    TCase *tests = tcase_create("linker_output");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_missing_name_is_explained, 0, sizeof missing / sizeof missing[0]);
    tcase_add_loop_test(tests, a_name_defined_twice_is_explained, 0,
                        sizeof twice / sizeof twice[0]);
    tcase_add_test(tests, without_debug_information_there_is_no_line);
    tcase_add_test(tests, with_several_files_the_linker_does_not_guess_one);
    tcase_add_test(tests, other_words_are_left_alone);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
