/* Tests of `barista classify`: functions whose kind is plain on any machine, and files that are
 * none of it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "course.h"
#include "result.h"
#include "sample.h"

static const char mine[] =
    "#include <stdio.h>\n"
    "#include <unistd.h>\n"
    "#include \"rt.h\"\n"
    "#include \"mine.h\"\n"
    "static unsigned long x = 1;\n"
    "void sleeps(void) { rt_sleep(20 * RT_MS); }\n"
    "void blocks(void) { usleep(8000); }\n"
    "static long computes(void)\n"
    "{\n"
    "    volatile long sum = 0;\n"
    "    for (long i = 0; i < STEPS; i++)\n"
    "        sum += i;\n"
    "    return sum;\n"
    "}\n"
    "void both(void) { rt_sleep(5 * RT_MS); computes(); }\n"
    "void nothing(void) { for (int i = 0; i < 100; i++) x += 0; }\n"
    "void for_ever(void) { for (;;) rt_sleep(RT_SECOND); }\n"
    "void waits_for_nobody(void) { int i; rt_chan_recv((rt_chan *)NULL, &i); }\n"
    "int takes_one(int n) { return n; }\n"
    "int main(void) { printf(\"%lu %ld\\n\", x, computes()); return 0; }\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void write_files(void)
{
    write_file("mine.c", mine);
    write_file("mine.h", "#define STEPS 4000000\n");
}

START_TEST(a_sleep_is_io_bound)
{
    check_command("classify mine.c sleeps", 0, "sleeps() in mine.c is I/O-bound", "");
}
END_TEST

START_TEST(a_loop_is_cpu_bound_even_if_static_and_beside_a_main)
{
    check_command("classify mine.c computes", 0, "computes() in mine.c is CPU-bound", "");
}
END_TEST

START_TEST(a_sleep_and_a_loop_are_mixed)
{
    check_command("classify mine.c both", 0, "both() in mine.c is mixed", "");
}
END_TEST

START_TEST(the_samples_of_the_course_can_be_classified)
{
    check_command("classify lessons/samples/everyday.c ask_three_services", 0, "is I/O-bound", "");
}
END_TEST

START_TEST(a_call_that_blocks_the_thread_is_the_trap)
{
    check_command("classify mine.c blocks", 0, "a task each, in rt_blocking ", "");
}
END_TEST

START_TEST(one_cpu_is_enough_to_classify)
{
    struct outcome outcome = barista_with("taskset -c 0", "classify mine.c sleeps");
    ck_assert_int_eq(outcome.status, 0);
    ck_assert_has(outcome.out, "is I/O-bound");
    outcome_release(&outcome);
}
END_TEST

START_TEST(work_that_the_compiler_leaves_out_is_told)
{
    check_command("classify mine.c nothing", BARISTA_FAIL, "",
                  "store it in a\n  volatile variable");
}
END_TEST

START_TEST(what_never_ends_is_stopped)
{
    check_command("classify mine.c for_ever", BARISTA_FAIL, "", "not come to an end after 10 s");
}
END_TEST

START_TEST(a_deadlock_is_told_as_the_runtime_does)
{
    check_command("classify mine.c waits_for_nobody", BARISTA_FAIL, "", "rt: deadlock");
}
END_TEST

START_TEST(a_function_must_be_there_and_take_nothing)
{
    check_command("classify mine.c wrok", BARISTA_FAIL, "",
                  "no function that can be called as wrok()");
    check_command("classify mine.c takes_one", BARISTA_FAIL, "", "void takes_one(void) { ... }");
}
END_TEST

START_TEST(a_file_that_does_not_compile_is_shown_with_its_own_name)
{
    write_file("bad.c", "void work(void)\n{\n    rt_slep(3);\n}\n");
    struct outcome outcome = barista("classify bad.c work");
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    ck_assert_has(outcome.errors, "bad.c does not compile:\n");
    ck_assert_has(outcome.errors, "\nbad.c:3:5: error: implicit declaration of function");
    ck_assert_has_not(outcome.errors, "function.c");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_file_that_misses_others_does_not_link)
{
    write_file("part.c", "void other(void);\nvoid work(void) { other(); }\n");
    check_command("classify part.c work", BARISTA_FAIL, "", "part.c does not link");
    check_command("classify part.c work", BARISTA_FAIL, "", "undefined reference to `other'");
}
END_TEST

START_TEST(wrong_words_are_refused)
{
    check_command("classify mine.c", BARISTA_USAGE, "",
                  "classify takes a file and a function in it");
    check_command("classify none.c work", BARISTA_USAGE, "", "there is no file none.c");
    check_command("classify lessons work", BARISTA_USAGE, "", "there is no file lessons");
    check_command("classify mine.c 'work()'", BARISTA_USAGE, "", "is no name of a function");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista classify");
    TCase *tests = course_case(suite, "classify");

    tcase_add_checked_fixture(tests, write_files, NULL);
    tcase_set_timeout(tests, 180);
    tcase_add_test(tests, a_sleep_is_io_bound);
    tcase_add_test(tests, a_loop_is_cpu_bound_even_if_static_and_beside_a_main);
    tcase_add_test(tests, a_sleep_and_a_loop_are_mixed);
    tcase_add_test(tests, the_samples_of_the_course_can_be_classified);
    tcase_add_test(tests, a_call_that_blocks_the_thread_is_the_trap);
    tcase_add_test(tests, one_cpu_is_enough_to_classify);
    tcase_add_test(tests, work_that_the_compiler_leaves_out_is_told);
    tcase_add_test(tests, what_never_ends_is_stopped);
    tcase_add_test(tests, a_deadlock_is_told_as_the_runtime_does);
    tcase_add_test(tests, a_function_must_be_there_and_take_nothing);
    tcase_add_test(tests, a_file_that_does_not_compile_is_shown_with_its_own_name);
    tcase_add_test(tests, a_file_that_misses_others_does_not_link);
    tcase_add_test(tests, wrong_words_are_refused);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
