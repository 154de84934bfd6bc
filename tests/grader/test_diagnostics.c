/* Tests of grader/diagnostics.c: the order of diagnostics, and the names in rt.h. */
#include "diagnostics.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct diagnostics list;

static void tear_down(void)
{
    diagnostics_release(&list);
}

static void add(bool error, const char *file, int line, int column, const char *message)
{
    diagnostics_add_message(&list, string_copy(message));

    struct diagnostic *added = &list.items[list.count - 1];
    added->error = error;
    added->file = file ? string_copy(file) : NULL;
    added->line = line;
    added->column = column;
}

/* The messages in their order, with spaces between them. */
static void expect_order(const char *expected)
{
    struct strings messages = {0};

    diagnostics_sort(&list);
    for (size_t i = 0; i < list.count; i++)
        strings_add(&messages, list.items[i].message);
    char *joined = strings_join(&messages, " ");
    ck_assert_str_eq(joined, expected);
    free(joined);
    strings_release(&messages);
}

START_TEST(the_first_error_comes_first_and_the_rest_by_line)
{
    add(false, "pool.c", 3, 1, "warning3");
    add(true, "pool.c", 20, 5, "first");
    add(true, "pool.c", 9, 7, "error9.7");
    add(false, "pool.c", 9, 2, "warning9.2");
    add(true, "pool.c", 1, 1, "error1");
    expect_order("first error1 warning3 warning9.2 error9.7");
}
END_TEST

START_TEST(files_keep_their_order)
{
    add(true, "zebra.c", 9, 1, "z9");
    add(false, "zebra.c", 5, 1, "z5");
    add(false, "ant.c", 1, 1, "a1");
    expect_order("z9 z5 a1");
}
END_TEST

START_TEST(warnings_alone_are_sorted_too)
{
    add(false, "pool.c", 1, 1, "one");
    add(false, "pool.c", 9, 1, "nine");
    add(false, "pool.c", 5, 1, "five");
    expect_order("one five nine");
}
END_TEST

START_TEST(equal_places_keep_their_order)
{
    add(true, NULL, 0, 0, "first");
    add(false, "pool.c", 5, 1, "a");
    add(false, "pool.c", 5, 1, "b");
    add(false, NULL, 0, 0, "c");
    expect_order("first a b c");
}
END_TEST

START_TEST(an_empty_list_is_sorted)
{
    expect_order("");
}
END_TEST

START_TEST(one_error_makes_a_list_fail)
{
    ck_assert(!diagnostics_fail(&list));
    add(false, "pool.c", 1, 1, "warning");
    ck_assert(!diagnostics_fail(&list));
    add(true, "pool.c", 2, 1, "error");
    ck_assert(diagnostics_fail(&list));
}
END_TEST

/* The names in a header with this text. */
static struct strings names_in(const char *text)
{
    char path[] = "/tmp/test_diagnostics-XXXXXX";
    int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    struct strings names = diagnostics_api(path);
    unlink(path);
    return names;
}

static void expect_names(const char *text, const char *expected)
{
    struct strings names = names_in(text);
    char *joined = strings_join(&names, " ");

    ck_assert_str_eq(joined, expected);
    free(joined);
    strings_release(&names);
}

START_TEST(names_come_from_declarations_and_macros)
{
    expect_names("int rt_go_at(void);\n#define rt_go(fn) rt_go_at(fn)\ntypedef int rt_chan;\n",
                 "rt_go rt_chan");
}
END_TEST

START_TEST(names_for_the_runtime_itself_are_left_out)
{
    expect_names("rt__waiter RT_STRING_(x) rt_ RT_ xrt_go rt_go rt_go", "rt_go");
}
END_TEST

START_TEST(comments_are_left_out)
{
    expect_names("/* rt_old and\n * rt_older */ rt_new /* open rt_end", "rt_new");
}
END_TEST

START_TEST(the_runtimes_own_header_is_understood)
{
    struct strings names = diagnostics_api("runtime/include/rt.h");
    const char *const some[] = {"rt_go",      "rt_chan_send", "rt_mutex",  "rt_wait_group_done",
                                "rt_num_cpu", "RT_SECOND",    "RT_ECLOSED"};

    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++)
        ck_assert_msg(strings_contain(&names, some[i]), "%s is missing", some[i]);
    ck_assert(!strings_contain(&names, "rt_chan_send_at"));
    ck_assert_str_eq(strings_nearest(&names, "rt_chan_recieve"), "rt_chan_recv");
    strings_release(&names);
}
END_TEST

START_TEST(without_a_header_there_are_no_names)
{
    struct strings names = diagnostics_api("/nowhere/rt.h");

    ck_assert_uint_eq(names.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diagnostics");
    TCase *tests = tcase_create("diagnostics");

    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, the_first_error_comes_first_and_the_rest_by_line);
    tcase_add_test(tests, files_keep_their_order);
    tcase_add_test(tests, warnings_alone_are_sorted_too);
    tcase_add_test(tests, equal_places_keep_their_order);
    tcase_add_test(tests, an_empty_list_is_sorted);
    tcase_add_test(tests, one_error_makes_a_list_fail);
    tcase_add_test(tests, names_come_from_declarations_and_macros);
    tcase_add_test(tests, names_for_the_runtime_itself_are_left_out);
    tcase_add_test(tests, comments_are_left_out);
    tcase_add_test(tests, the_runtimes_own_header_is_understood);
    tcase_add_test(tests, without_a_header_there_are_no_names);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
