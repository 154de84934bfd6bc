/* The exploration of schedules, as one who starts an explored program sees it. Which bugs it finds
 * is for tests/explore/judge to say; here is what it tells of them, and that it always tells the
 * same. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The longest takes a second or two. */
#define TIMEOUT_S 120

struct outcome {
    int status;
    char said[1 << 16];
};

/* Runs a command of the shell's, such as "NAME=value $E/bugs/race-counter". */
static struct outcome *run(const char *command)
{
    static struct outcome outcome;
    setenv("E", EXPLORED, 1);
    char *all = NULL;
    ck_assert_int_gt(asprintf(&all, "{ %s; } 2>&1", command), 0);
    FILE *pipe = popen(all, "r");
    ck_assert_ptr_nonnull(pipe);
    outcome.said[fread(outcome.said, 1, sizeof outcome.said - 1, pipe)] = '\0';
    int status = pclose(pipe);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    free(all);
    return &outcome;
}

#define ASSERT_SAYS(outcome, text)                                                                 \
    ck_assert_msg(strstr((outcome)->said, text) != NULL, "it doesn't say \"%s\", but:\n%s", text,  \
                  (outcome)->said)

/* The schedule in "to see it again: ...=0:2.5-3". */
static const char *schedule_of(const struct outcome *outcome)
{
    static char schedule[1024];
    const char *again = strstr(outcome->said, "RT_EXPLORE_REPLAY=");
    ck_assert_msg(again != NULL, "no schedule in:\n%s", outcome->said);
    snprintf(schedule, sizeof schedule, "%s", again + strlen("RT_EXPLORE_REPLAY="));
    schedule[strcspn(schedule, "\n")] = '\0';
    return schedule;
}

/* ---- What is told ---------------------------------------------------------------------------- */

START_TEST(deadlock_is_told_with_its_circle_and_few_switches)
{
    const struct outcome *outcome = run("$E/bugs/deadlock-ab-ba");
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "rt: deadlock: ");
    ASSERT_SAYS(outcome, "is stopped before tests/explore/bugs/deadlock-ab-ba.c:");
    ASSERT_SAYS(outcome, "a circle of waits:");
    ASSERT_SAYS(outcome, "(first) waits at tests/explore/bugs/deadlock-ab-ba.c:13 for `b`");
    ASSERT_SAYS(outcome, "(second) waits at tests/explore/bugs/deadlock-ab-ba.c:23 for `a`");
    ck_assert_ptr_null(strstr(outcome->said, "    4. "));
}
END_TEST

START_TEST(race_is_told_with_both_lines_and_the_variable)
{
    const struct outcome *outcome = run("$E/bugs/race-reader-without-lock");
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "rt: race: ");
    ASSERT_SAYS(outcome, "uses of `total`");
    ASSERT_SAYS(outcome, " writes it at tests/explore/bugs/race-reader-without-lock.c:");
    ASSERT_SAYS(outcome, " reads it at tests/explore/bugs/race-reader-without-lock.c:");
}
END_TEST

START_TEST(circle_of_locks_is_told_though_it_never_closes)
{
    const struct outcome *outcome = run("RT_EXPLORE_SCHEDULES=2 $E/bugs/lock_order-callback");
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "rt: lock_order: ");
    ASSERT_SAYS(outcome, "locked `subject` at ");
    ASSERT_SAYS(outcome, "wanted `account` at ");
}
END_TEST

START_TEST(abort_is_told_with_its_line)
{
    const struct outcome *outcome = run("$E/bugs/wrong_answer-load-then-store");
    ASSERT_SAYS(outcome, "rt: wrong_answer: ");
    ASSERT_SAYS(outcome, "calls abort() at tests/explore/bugs/wrong_answer-load-then-store.c:");
}
END_TEST

START_TEST(crash_is_told_with_its_line)
{
    const struct outcome *outcome = run("$E/programs/crash");
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "rt: crash: ");
    ASSERT_SAYS(outcome, "(SIGSEGV) at tests/explore/programs/crash.c:24");
}
END_TEST

START_TEST(second_free_is_a_crash)
{
    const struct outcome *outcome = run("$E/programs/freed_twice");
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "tests/explore/programs/freed_twice.c:17");
}
END_TEST

START_TEST(different_answers_are_both_shown)
{
    const struct outcome *outcome = run("$E/bugs/schedule_dependent-arrival-order");
    ASSERT_SAYS(outcome, "rt: schedule_dependent: ");
    ASSERT_SAYS(outcome, "line 1 of the answer is \"");
    ASSERT_SAYS(outcome, "in another");
}
END_TEST

START_TEST(program_without_end_is_given_up)
{
    const struct outcome *outcome = run("RT_EXPLORE_SCHEDULES=3 $E/programs/endless");
    ck_assert_int_eq(outcome->status, 0);
    ASSERT_SAYS(outcome, "3 of them without an end");
}
END_TEST

START_TEST(each_schedule_finds_the_program_as_it_was_at_first)
{
    const struct outcome *outcome = run("$E/programs/starts_anew argument");
    ck_assert_msg(outcome->status == 0, "%s", outcome->said);
    ASSERT_SAYS(outcome, "2000 schedules tried");
}
END_TEST

/* ---- Always the same ------------------------------------------------------------------------- */

static const char *const repeated[] = {
    "bugs/deadlock-five-philosophers",       "bugs/race-in-a-phase",
    "bugs/lost_wake_up-wrong-one-woken",     "bugs/wrong_answer-long-window",
    "bugs/wrong_answer-select-has-no-order", "bugs/misuse-stop-then-send",
    "bugs/leak-permit-lost-on-error",        "bugs/lock_order-nearly-ordered",
};

START_TEST(schedule_shows_the_same_1000_times_out_of_1000)
{
    char command[2048];
    snprintf(command, sizeof command, "$E/%s", repeated[_i]);
    char schedule[1024];
    snprintf(schedule, sizeof schedule, "%s", schedule_of(run(command)));
    snprintf(command, sizeof command, "RT_EXPLORE_TIMES=1000 RT_EXPLORE_REPLAY=%s $E/%s", schedule,
             repeated[_i]);
    const struct outcome *outcome = run(command);
    ck_assert_int_eq(outcome->status, 1);
    ASSERT_SAYS(outcome, "the same 1000 times out of 1000");
}
END_TEST

/* Wherever the system puts the program, and whatever the environment is. */
START_TEST(exploration_tells_the_same_each_time)
{
    char command[512];
    snprintf(command, sizeof command, "$E/%s", repeated[_i]);
    char *first = strdup(run(command)->said);
    ck_assert_str_eq(run(command)->said, first);
    snprintf(command, sizeof command, "OTHER=environment setarch -R $E/%s", repeated[_i]);
    ck_assert_str_eq(run(command)->said, first);
    free(first);
}
END_TEST

START_TEST(other_seeds_try_other_schedules)
{
    char *first = strdup(run("RT_EXPLORE_SEED=1 $E/correct/fan-out-and-in")->said);
    ck_assert_str_ne(run("RT_EXPLORE_SEED=2 $E/correct/fan-out-and-in")->said, first);
    free(first);
}
END_TEST

/* ---- The environment ------------------------------------------------------------------------- */

START_TEST(plain_schedule_of_a_correct_program_shows_nothing)
{
    const struct outcome *outcome = run("RT_EXPLORE_REPLAY=0 $E/correct/fan-out-and-in");
    ck_assert_int_eq(outcome->status, 0);
    ASSERT_SAYS(outcome, "nothing is wrong in this schedule");
}
END_TEST

static const char *const no_schedules[] = {"x", "0:", "0:1.2", "0:1.2-3;", "0:1-3", "-1", "0 "};

START_TEST(what_is_no_schedule_is_refused)
{
    char command[256];
    snprintf(command, sizeof command, "RT_EXPLORE_REPLAY='%s' $E/bugs/race-counter",
             no_schedules[_i]);
    const struct outcome *outcome = run(command);
    ck_assert_int_eq(outcome->status, 102);
    ASSERT_SAYS(outcome, "is no schedule");
}
END_TEST

START_TEST(what_is_no_number_is_refused)
{
    const struct outcome *outcome = run("RT_EXPLORE_SCHEDULES=many $E/bugs/race-counter");
    ck_assert_int_eq(outcome->status, 102);
    ASSERT_SAYS(outcome, "RT_EXPLORE_SCHEDULES is 'many', and must be a number");
}
END_TEST

START_TEST(result_is_a_line_of_json)
{
    const struct outcome *outcome =
        run("RT_EXPLORE_RESULT=1 RT_EXPLORE_SCHEDULES=7 $E/correct/first-reply-with-room");
    ASSERT_SAYS(outcome,
                "{\"schedules\": 7, \"seed\": 1, \"tried\": 7, \"given_up\": 0, \"steps\": ");
    outcome = run("RT_EXPLORE_RESULT=1 $E/bugs/race-counter");
    ASSERT_SAYS(outcome,
                "\"found\": \"race\", \"in_schedule\": 0, \"replay\": \"0\", \"switches\": 0}");
}
END_TEST

/* ---- The corpus ------------------------------------------------------------------------------ */

START_TEST(bugs_are_found_and_correct_programs_are_left_alone)
{
    const struct outcome *outcome = run("BUILD=${E%/tests/explore} tests/explore/judge");
    ck_assert_msg(outcome->status == 0, "%s", outcome->said);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("exploration");
    tcase_set_timeout(tests, TIMEOUT_S);
    tcase_add_test(tests, deadlock_is_told_with_its_circle_and_few_switches);
    tcase_add_test(tests, race_is_told_with_both_lines_and_the_variable);
    tcase_add_test(tests, circle_of_locks_is_told_though_it_never_closes);
    tcase_add_test(tests, abort_is_told_with_its_line);
    tcase_add_test(tests, crash_is_told_with_its_line);
    tcase_add_test(tests, second_free_is_a_crash);
    tcase_add_test(tests, different_answers_are_both_shown);
    tcase_add_test(tests, program_without_end_is_given_up);
    tcase_add_test(tests, each_schedule_finds_the_program_as_it_was_at_first);
    tcase_add_loop_test(tests, schedule_shows_the_same_1000_times_out_of_1000, 0,
                        (int)(sizeof repeated / sizeof *repeated));
    tcase_add_loop_test(tests, exploration_tells_the_same_each_time, 0,
                        (int)(sizeof repeated / sizeof *repeated));
    tcase_add_test(tests, other_seeds_try_other_schedules);
    tcase_add_test(tests, plain_schedule_of_a_correct_program_shows_nothing);
    tcase_add_loop_test(tests, what_is_no_schedule_is_refused, 0,
                        (int)(sizeof no_schedules / sizeof *no_schedules));
    tcase_add_test(tests, what_is_no_number_is_refused);
    tcase_add_test(tests, result_is_a_line_of_json);
    tcase_add_test(tests, bugs_are_found_and_correct_programs_are_left_alone);

    Suite *suite = suite_create("exploration");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
