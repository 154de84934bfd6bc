/* Tests of grader/ending.c: each way to end, and which one wins when there are several. */
#include "ending.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "exercise.h"
#include "rt.h"

static const struct limits limits = {.wall_s = 10, .cpu_s = 20, .memory_mb = 512, .output_kb = 256};

/* As wait() encodes them on Linux. */
static int exited(int status)
{
    return status << 8;
}

static int killed(int number)
{
    return number;
}

/* Explains and expects one reason; `words` must be in the message. */
static void expect(const struct ending *ending, enum reason reason, const char *words)
{
    struct run run = {0};

    ending_explain(ending, &limits, &run);
    ck_assert_str_eq(reason_code(run.reason), reason_code(reason));
    if (words)
        ck_assert_msg(strstr(run.message, words) != NULL, "\"%s\" is not in \"%s\"", words,
                      run.message);
    else
        ck_assert_ptr_null(run.message);
    run_release(&run);
}

START_TEST(a_good_end_needs_no_words)
{
    expect(&(struct ending){.dialogue = DIALOGUE_ANSWERED}, REASON_NONE, NULL);
}
END_TEST

static const struct {
    int status;
    enum reason reason;
    const char *words;
} statuses[] = {
    {RT_EXIT_DEADLOCK, REASON_DEADLOCK, "asleep"},
    {RT_EXIT_MISUSE, REASON_MISUSE, "runtime"},
    {RT_EXIT_OVERFLOW, REASON_STACK_OVERFLOW, "stack"},
    {RT_EXIT_LEAK, REASON_LEAK, "blocked"},
    {RT_EXIT_NOMEM, REASON_MEMORY_LIMIT, "memory"},
    {EXERCISE_EXIT_TASKS, REASON_UNBOUNDED_TASKS, "tasks"},
    {EXERCISE_EXIT_LESSON, REASON_CRASH, "status 110"},
    {1, REASON_CRASH, "status 1"},
    {255, REASON_CRASH, "status 255"},
};

START_TEST(each_status_has_its_reason_even_after_an_answer)
{
    struct ending ending = {.dialogue = DIALOGUE_ANSWERED,
                            .wait_status = exited(statuses[_i].status)};

    expect(&ending, statuses[_i].reason, statuses[_i].words);
    ending.dialogue = DIALOGUE_ANSWERING;
    expect(&ending, statuses[_i].reason, statuses[_i].words);
}
END_TEST

START_TEST(signal_and_status_are_told_apart)
{
    struct run run = {0};

    ending_explain(&(struct ending){.wait_status = killed(SIGSEGV)}, &limits, &run);
    ck_assert_int_eq(run.signal, SIGSEGV);
    ck_assert_int_eq(run.exit_status, 0);
    run_release(&run);
    ending_explain(&(struct ending){.wait_status = exited(SIGSEGV)}, &limits, &run);
    ck_assert_int_eq(run.signal, 0);
    ck_assert_int_eq(run.exit_status, SIGSEGV);
    run_release(&run);
}
END_TEST

START_TEST(only_the_oracle_blames_the_lesson)
{
    expect(&(struct ending){.wait_status = exited(EXERCISE_EXIT_LESSON), .trusted = true},
           REASON_INFRASTRUCTURE, "lesson");
}
END_TEST

START_TEST(a_signal_is_a_crash)
{
    expect(&(struct ending){.wait_status = killed(SIGSEGV)}, REASON_CRASH, "Segmentation fault");
    expect(&(struct ending){.wait_status = killed(SIGABRT)}, REASON_CRASH, "Aborted");
    expect(&(struct ending){.wait_status = killed(SIGILL)}, REASON_CRASH, "an index outside");
    expect(&(struct ending){.wait_status = killed(SIGKILL)}, REASON_CRASH, "from outside");
}
END_TEST

START_TEST(the_cpu_limit_is_a_timeout)
{
    expect(&(struct ending){.wait_status = killed(SIGXCPU)}, REASON_TIMEOUT, "20 s");
    expect(&(struct ending){.wait_status = killed(SIGKILL), .cpu_seconds = 21}, REASON_TIMEOUT,
           "20 s");
}
END_TEST

START_TEST(a_crash_with_full_memory_is_the_memorys)
{
    expect(&(struct ending){.wait_status = killed(SIGSEGV), .peak_mb = 513}, REASON_MEMORY_LIMIT,
           "512 MiB");
    expect(&(struct ending){.wait_status = killed(SIGKILL), .peak_mb = 513}, REASON_MEMORY_LIMIT,
           "512 MiB");
    expect(&(struct ending){.wait_status = killed(SIGSEGV), .peak_mb = 511}, REASON_CRASH,
           "signal");
}
END_TEST

START_TEST(too_much_memory_counts_after_a_good_answer)
{
    expect(&(struct ending){.dialogue = DIALOGUE_ANSWERED, .peak_mb = 513}, REASON_MEMORY_LIMIT,
           "512 MiB");
}
END_TEST

START_TEST(what_the_grader_did_explains_the_rest)
{
    struct ending ending = {.wait_status = killed(SIGKILL), .peak_mb = 513, .cpu_seconds = 21};

    ending.stop = STOP_OUTPUT;
    expect(&ending, REASON_OUTPUT_LIMIT, "256 KiB");
    ending.stop = STOP_MEMORY;
    expect(&ending, REASON_MEMORY_LIMIT, "512 MiB");
    ending.stop = STOP_BROKEN;
    expect(&ending, REASON_CRASH, "makes no sense");
    ending.stop = STOP_TIME;
    expect(&ending, REASON_TIMEOUT, "10 s");
}
END_TEST

START_TEST(a_timeout_says_how_far_the_program_came)
{
    struct ending ending = {.stop = STOP_TIME, .wait_status = killed(SIGKILL)};

    expect(&ending, REASON_TIMEOUT, "not even started");
    ending.dialogue = DIALOGUE_ANSWERING;
    expect(&ending, REASON_TIMEOUT, "no answer");
    ending.dialogue = DIALOGUE_ANSWERED;
    expect(&ending, REASON_TIMEOUT, "had not ended");
}
END_TEST

START_TEST(an_end_without_an_answer_is_a_crash)
{
    expect(&(struct ending){.dialogue = DIALOGUE_STARTING}, REASON_CRASH,
           "without giving an answer");
    expect(&(struct ending){.dialogue = DIALOGUE_ANSWERING}, REASON_CRASH,
           "without giving an answer");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ending");
    TCase *tests = tcase_create("ending");

    tcase_add_test(tests, a_good_end_needs_no_words);
    tcase_add_loop_test(tests, each_status_has_its_reason_even_after_an_answer, 0,
                        sizeof statuses / sizeof statuses[0]);
    tcase_add_test(tests, signal_and_status_are_told_apart);
    tcase_add_test(tests, only_the_oracle_blames_the_lesson);
    tcase_add_test(tests, a_signal_is_a_crash);
    tcase_add_test(tests, the_cpu_limit_is_a_timeout);
    tcase_add_test(tests, a_crash_with_full_memory_is_the_memorys);
    tcase_add_test(tests, too_much_memory_counts_after_a_good_answer);
    tcase_add_test(tests, what_the_grader_did_explains_the_rest);
    tcase_add_test(tests, a_timeout_says_how_far_the_program_came);
    tcase_add_test(tests, an_end_without_an_answer_is_a_crash);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
