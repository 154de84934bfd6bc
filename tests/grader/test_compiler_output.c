/* Tests of grader/compiler_output.c, on what gcc 12 and clang 14 really print (LC_ALL=C). */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnostics.h"

static struct diagnostics list;
static struct strings student, api;

static void set_up(void)
{
    strings_add(&student, "pool.c");
    strings_add(&api, "rt_go");
    strings_add(&api, "rt_chan_send");
    strings_add(&api, "rt_chan_len");
    strings_add(&api, "rt_mutex");
    strings_add(&api, "RT_SECOND");
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

    diagnostics_add_compiler(&list, output, &context);
}

/* Expects that the item at `index` stands at a place of pool.c. */
static const struct diagnostic *expect(size_t index, bool error, int line, int column,
                                       const char *message)
{
    ck_assert_uint_lt(index, list.count);

    const struct diagnostic *item = &list.items[index];
    ck_assert_str_eq(item->message, message);
    ck_assert_str_eq(item->file, "pool.c");
    ck_assert_int_eq(item->line, line);
    ck_assert_int_eq(item->column, column);
    ck_assert_int_eq(item->error, error);
    return item;
}

START_TEST(a_message_of_gcc_is_taken_apart)
{
    read_output("pool.c: In function 'work':\n"
                "pool.c:14:9: error: expected ',' or ';' before 'x'\n"
                "   14 |     x = nope | 1;\n"
                "      |     ^\n");
    ck_assert_uint_eq(list.count, 1);
    const struct diagnostic *item = expect(0, true, 14, 9, "expected ',' or ';' before 'x'");
    ck_assert_str_eq(item->source, "    x = nope | 1;\n    ^");
    ck_assert_ptr_null(item->advice);
}
END_TEST

START_TEST(of_a_long_line_the_part_around_the_marker_is_shown)
{
    char source[401], marker[302], output[900];
    memset(source, 'a', 400);
    source[300] = 'X';
    source[400] = '\0';
    memset(marker, ' ', 300);
    strcpy(marker + 300, "^");
    snprintf(output, sizeof output, "pool.c:14:301: error: stray\n   14 | %s\n      | %s\n", source,
             marker);
    read_output(output);
    const struct diagnostic *item = expect(0, true, 14, 301, "stray");
    size_t shown = strcspn(item->source, "\n");
    ck_assert_uint_eq(shown, 72);
    ck_assert_uint_eq(strcspn(item->source, "X"), strcspn(item->source + shown + 1, "^"));
}
END_TEST

START_TEST(a_long_line_is_not_cut_inside_of_a_character)
{
    char output[900] = "pool.c:14:3: error: stray\n   14 | a^", *end = output + strlen(output) - 1;
    for (int i = 0; i < 100; i++)
        end = stpcpy(end, "\u20ac");
    strcpy(end, "\n      |   ^\n");
    read_output(output);
    const struct diagnostic *item = expect(0, true, 14, 3, "stray");
    ck_assert_uint_eq(strcspn(item->source, "\n"), 1 + 23 * strlen("\u20ac"));
}
END_TEST

START_TEST(a_message_of_clang_is_taken_apart)
{
    read_output("pool.c:6:14: error: expected ';' at end of declaration\n"
                "    int x = 1\n"
                "             ^\n"
                "             ;\n"
                "1 error generated.\n");
    ck_assert_uint_eq(list.count, 1);
    const struct diagnostic *item = expect(0, true, 6, 14, "expected ';' at end of declaration");
    ck_assert_str_eq(item->source, "    int x = 1\n             ^");
}
END_TEST

START_TEST(warnings_and_errors_are_told_apart)
{
    read_output("pool.c:4:12: warning: 'unused' defined but not used [-Wunused-variable]\n"
                "    4 | static int unused;\n"
                "      |            ^~~~~~\n"
                "pool.c:1:10: fatal error: no.h: No such file or directory\n"
                "    1 | #include \"no.h\"\n"
                "      |          ^~~~~~\n"
                "compilation terminated.\n");
    ck_assert_uint_eq(list.count, 2);
    expect(0, false, 4, 12, "'unused' defined but not used [-Wunused-variable]");
    expect(1, true, 1, 10, "no.h: No such file or directory");
}
END_TEST

START_TEST(gccs_suggestion_becomes_advice)
{
    read_output("pool.c:7:5: error: 'prinft' undeclared (first use in this function); did you mean "
                "'printf'?\n");
    ck_assert_str_eq(
        expect(0, true, 7, 5, "'prinft' undeclared (first use in this function)")->advice,
        "did you mean printf?");
}
END_TEST

START_TEST(clangs_note_becomes_advice)
{
    read_output("pool.c:7:5: error: implicit declaration of function 'mallok' is invalid in C99 "
                "[-Werror,-Wimplicit-function-declaration]\n"
                "    mallok(1);\n"
                "    ^\n"
                "pool.c:7:5: note: did you mean 'malloc'?\n");
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(
        expect(0, true, 7, 5, "implicit declaration of function 'mallok' is invalid in C99")
            ->advice,
        "did you mean malloc?");
}
END_TEST

START_TEST(a_misspelt_function_of_the_runtime_is_known)
{
    read_output("pool.c:7:5: error: implicit declaration of function 'rt_chan_sent' is invalid in "
                "C99 [-Werror,-Wimplicit-function-declaration]\n");
    ck_assert_str_eq(list.items[0].advice, "did you mean rt_chan_send?");
}
END_TEST

START_TEST(rt_h_is_the_better_dictionary_for_its_names)
{
    read_output("pool.c:7:5: error: implicit declaration of function 'rt_chan_sent'; did you mean "
                "'rt_chan_send_at'? [-Werror=implicit-function-declaration]\n");
    ck_assert_str_eq(list.items[0].advice, "did you mean rt_chan_send?");
    ck_assert_str_eq(list.items[0].message, "implicit declaration of function 'rt_chan_sent'");
}
END_TEST

START_TEST(types_and_constants_are_known_too)
{
    read_output("pool.c:1:1: error: unknown type name 'rt_mutx'\n"
                "pool.c:2:1: error: 'RT_SECONDS' undeclared (first use in this function)\n");
    ck_assert_str_eq(list.items[0].advice, "did you mean rt_mutex?");
    ck_assert_str_eq(list.items[1].advice, "did you mean RT_SECOND?");
}
END_TEST

START_TEST(a_name_of_the_students_own_is_not_turned_into_the_runtimes)
{
    read_output("pool.c:1:1: error: implicit declaration of function 'work'\n");
    ck_assert_ptr_null(list.items[0].advice);
}
END_TEST

START_TEST(a_missing_include_is_told_from_a_misspelling)
{
    read_output("pool.c:7:5: error: implicit declaration of function 'rt_go' "
                "[-Werror=implicit-function-declaration]\n");
    ck_assert_str_eq(list.items[0].advice, "is #include \"rt.h\" missing?");
}
END_TEST

START_TEST(wrong_arguments_are_no_misspelling)
{
    read_output(
        "pool.c:8:19: error: macro \"rt_chan_send\" requires 2 arguments, but only 1 given\n"
        "pool.c:8:5: error: 'rt_chan_send' undeclared (first use in this function); did you "
        "mean 'rt_chan_len'?\n");
    ck_assert_ptr_null(list.items[0].advice);
    ck_assert_ptr_null(list.items[1].advice);
}
END_TEST

START_TEST(an_error_in_a_macro_of_rt_h_is_put_where_it_was_used)
{
    read_output(
        "pool.c: In function 'work':\n"
        "runtime/include/rt.h:168:47: error: passing argument 1 of 'rt_chan_send_at' makes pointer "
        "from integer without a cast [-Werror=int-conversion]\n"
        "  168 | #define rt_chan_send(c, elem) rt_chan_send_at((c), (elem), RT_HERE_OF(#c))\n"
        "      |                                               ^~~\n"
        "      |                                               |\n"
        "      |                                               int\n"
        "pool.c:9:5: note: in expansion of macro 'rt_chan_send'\n"
        "    9 |     rt_chan_send(5, &x);\n"
        "      |     ^~~~~~~~~~~~\n"
        "runtime/include/rt.h:167:30: note: expected 'rt_chan *' but argument is of type 'int'\n"
        "  167 | int rt_chan_send_at(rt_chan *c, const void *elem, rt_site here);\n"
        "      |                     ~~~~~~~~~^\n");
    ck_assert_uint_eq(list.count, 1);
    const struct diagnostic *item =
        expect(0, true, 9, 5,
               "passing argument 1 of 'rt_chan_send_at' makes pointer from integer without a cast");
    ck_assert_str_eq(item->source, "    rt_chan_send(5, &x);\n    ^~~~~~~~~~~~");
}
END_TEST

START_TEST(a_note_elsewhere_does_not_move_an_error)
{
    read_output("pool.c:9:5: error: conflicting types for 'work'\n"
                "    9 | int work(void)\n"
                "      |     ^~~~\n"
                "pool.h:3:6: note: previous declaration of 'work' with type 'void(void)'\n"
                "    3 | void work(void);\n"
                "      |      ^~~~\n");
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(expect(0, true, 9, 5, "conflicting types for 'work'")->source,
                     "int work(void)\n    ^~~~");
}
END_TEST

START_TEST(an_error_in_a_header_stays_there)
{
    read_output("exercises/03/pool.h:3:6: error: conflicting types for 'work'\n"
                "pool.c:1:5: note: previous declaration of 'work' with type 'int(void)'\n");
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(list.items[0].file, "exercises/03/pool.h");
    ck_assert_int_eq(list.items[0].line, 3);
}
END_TEST

START_TEST(a_message_without_a_place_is_kept)
{
    read_output("cc1: some warnings being treated as errors\n"
                "cc1: fatal error: can't write: No space left on device\n");
    ck_assert_uint_eq(list.count, 1);
    ck_assert_ptr_null(list.items[0].file);
    ck_assert_int_eq(list.items[0].line, 0);
    ck_assert_str_eq(list.items[0].message, "can't write: No space left on device");
}
END_TEST

START_TEST(a_line_without_a_column_is_read)
{
    read_output("pool.c:8: error: unterminated argument list\n");
    expect(0, true, 8, 0, "unterminated argument list");
}
END_TEST

START_TEST(a_path_may_hold_colons_and_spaces)
{
    read_output("my: files:2/pool.c:8:1: error: stray '@'\n");
    ck_assert_str_eq(list.items[0].file, "my: files:2/pool.c");
    ck_assert_int_eq(list.items[0].line, 8);
}
END_TEST

START_TEST(source_that_looks_like_a_message_changes_little)
{
    read_output("note: did you mean 'x'?\n"
                ": error: \n"
                "did you mean 'x\n"
                "pool.c:1:1: error: undeclared ' ; did you mean '\n"
                "; did you mean 'x'?\n"
                "^^^\n");
    ck_assert_uint_eq(list.count, 2);
}
END_TEST

START_TEST(nothing_printed_is_nothing_found)
{
    read_output("");
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compiler_output");
    TCase *tests = tcase_create("compiler_output");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_message_of_gcc_is_taken_apart);
    tcase_add_test(tests, of_a_long_line_the_part_around_the_marker_is_shown);
    tcase_add_test(tests, a_long_line_is_not_cut_inside_of_a_character);
    tcase_add_test(tests, a_message_of_clang_is_taken_apart);
    tcase_add_test(tests, warnings_and_errors_are_told_apart);
    tcase_add_test(tests, gccs_suggestion_becomes_advice);
    tcase_add_test(tests, clangs_note_becomes_advice);
    tcase_add_test(tests, a_misspelt_function_of_the_runtime_is_known);
    tcase_add_test(tests, rt_h_is_the_better_dictionary_for_its_names);
    tcase_add_test(tests, types_and_constants_are_known_too);
    tcase_add_test(tests, a_name_of_the_students_own_is_not_turned_into_the_runtimes);
    tcase_add_test(tests, a_missing_include_is_told_from_a_misspelling);
    tcase_add_test(tests, wrong_arguments_are_no_misspelling);
    tcase_add_test(tests, an_error_in_a_macro_of_rt_h_is_put_where_it_was_used);
    tcase_add_test(tests, a_note_elsewhere_does_not_move_an_error);
    tcase_add_test(tests, an_error_in_a_header_stays_there);
    tcase_add_test(tests, a_message_without_a_place_is_kept);
    tcase_add_test(tests, a_line_without_a_column_is_read);
    tcase_add_test(tests, a_path_may_hold_colons_and_spaces);
    tcase_add_test(tests, source_that_looks_like_a_message_changes_little);
    tcase_add_test(tests, nothing_printed_is_nothing_found);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
