/* Tests of grader/report.c: what the student sees, line by line. */
#include "report.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sample.h"

static char *page_of(const struct result *result, const char *closing, bool coloured)
{
    char *text;
    PRINTED(text, report_print(result, closing, coloured, out));
    return text;
}

START_TEST(a_pass_shows_every_check_its_bars_and_the_score)
{
    struct result result = sample_result();
    char *page = page_of(&result, "Next: make check LESSON=04", false);
    ck_assert_str_eq(page,
                     "03 A worker pool bounds the work   edit: exercises/03-worker-pool/pool.c\n"
                     " PASS  build   0.4 s                                               10/10\n"
                     " PASS  answer  4 fresh inputs, procs 1 and 2                       50/50\n"
                     " PASS  shape   speedup 1.90 of 2 (need 1.5)                        40/40\n"
                     "        procs=1  ################################ 190 ms +-0%\n"
                     "        procs=2  #################                100 ms +-0%\n"
                     "Self-check in sandbox tier B: namespaces, landlock, seccomp, rlimits.\n"
                     "Score 100/100.   Next: make check LESSON=04\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(each_status_has_a_word_that_needs_no_colour)
{
    static const struct {
        enum status status;
        const char *line;
    } cases[] = {
        {STATUS_FAIL, " FAIL  answer  it happened"},
        {STATUS_INCONCLUSIVE, " SKIP  answer  it happened"},
        {STATUS_SKIPPED, " ----  answer  it happened"},
        {STATUS_ERROR, " ERR   answer  it happened"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = sample_result();
        check_settle(&result.checks[1], cases[i].status, REASON_NONE, string_copy("it happened"));
        char *page = page_of(&result, "", false);
        ck_assert_has(page, cases[i].line);
        free(page);
        result_release(&result);
    }
}
END_TEST

START_TEST(colour_adds_escapes_and_takes_no_word_away)
{
    struct result result = sample_result();
    char *plain = page_of(&result, "", false), *coloured = page_of(&result, "", true);
    ck_assert_has(coloured, " \033[32mPASS\033[0m  build");
    ck_assert_ptr_null(strchr(plain, '\033'));
    free(plain);
    free(coloured);
    result_release(&result);
}
END_TEST

START_TEST(details_follow_their_check_and_are_wrapped)
{
    struct result result = sample_result();
    check_settle(&result.checks[1], STATUS_FAIL, REASON_WRONG_ANSWER,
                 string_copy("procs=2, seed 7\n"
                             "This sentence is long enough that it cannot possibly be shown on a "
                             "single line of a terminal.\n"
                             "    code stays as it is"));
    char *page = page_of(&result, "", false);
    ck_assert_has(page,
                  " FAIL  answer  procs=2, seed 7                                      0/50\n"
                  "  This sentence is long enough that it cannot possibly be shown on a single\n"
                  "  line of a terminal.\n"
                  "      code stays as it is\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(a_headline_without_room_pushes_the_points_out)
{
    struct result result = sample_result();
    check_settle(&result.checks[1], STATUS_PASS, REASON_NONE,
                 string_copy("so many words that hardly any room is left for the points"));
    char *page = page_of(&result, "", false);
    ck_assert_has(page, "left for the points 50/50\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(a_submission_too_slow_on_one_proc_is_shown_beside_the_oracle)
{
    struct result result = sample_result();
    sample_measure(&result.checks[2], 16, 0.5, 0.25);
    char *page = page_of(&result, "", false);
    ck_assert_has(page, "        one by one  #############                    200 ms +-0%\n"
                        "        procs=1     ################################ 500 ms +-0%\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(a_shape_that_was_not_measured_has_no_bars)
{
    struct result result = sample_result();
    result.checks[2].evidence.rounds_count = 0;
    char *page = page_of(&result, "", false);
    ck_assert_has_not(page, "procs=1  #");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(what_the_program_printed_is_shown_apart_and_cut)
{
    struct result result = sample_result();
    result.printed = string_copy("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n");
    char *page = page_of(&result, "", false);
    ck_assert_has(page, "Your program printed (this never counts):\n  | 1\n  | 2\n");
    ck_assert_has(page, "  | 10\n  | ...\n");
    ck_assert_has_not(page, "  | 11\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(an_error_shows_no_score)
{
    struct result result = sample_result();
    check_settle(&result.checks[0], STATUS_ERROR, REASON_INFRASTRUCTURE, string_copy("no disk"));
    result_conclude(&result);
    char *page = page_of(&result, "This is not your fault.", false);
    ck_assert_has_not(page, "Score");
    ck_assert_has(page, "\nThis is not your fault.\n");
    free(page);
    result_release(&result);
}
END_TEST

START_TEST(a_file_is_never_coloured)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert(!report_coloured(file));
    fclose(file);
}
END_TEST

START_TEST(a_terminal_is_coloured_unless_no_color_says_otherwise)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(terminal, 0);
    ck_assert_int_eq(grantpt(terminal) | unlockpt(terminal), 0);
    FILE *screen = fopen(ptsname(terminal), "w");
    ck_assert_ptr_nonnull(screen);
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", true);
    ck_assert(!report_coloured(screen));
    setenv("TERM", "xterm", true);
    ck_assert(report_coloured(screen));
    setenv("NO_COLOR", "", true);
    ck_assert(report_coloured(screen));
    setenv("NO_COLOR", "1", true);
    ck_assert(!report_coloured(screen));
    fclose(screen);
    close(terminal);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("report");
    tcase_add_test(tests, a_pass_shows_every_check_its_bars_and_the_score);
    tcase_add_test(tests, each_status_has_a_word_that_needs_no_colour);
    tcase_add_test(tests, colour_adds_escapes_and_takes_no_word_away);
    tcase_add_test(tests, details_follow_their_check_and_are_wrapped);
    tcase_add_test(tests, a_headline_without_room_pushes_the_points_out);
    tcase_add_test(tests, a_submission_too_slow_on_one_proc_is_shown_beside_the_oracle);
    tcase_add_test(tests, a_shape_that_was_not_measured_has_no_bars);
    tcase_add_test(tests, what_the_program_printed_is_shown_apart_and_cut);
    tcase_add_test(tests, an_error_shows_no_score);
    tcase_add_test(tests, a_file_is_never_coloured);
    tcase_add_test(tests, a_terminal_is_coloured_unless_no_color_says_otherwise);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
