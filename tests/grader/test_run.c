/* Tests of grader/run.c and grader/session.c: programs that behave well and badly are run one at a
 * time, under small limits. */
#include "speaker.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* Runs it and expects one reason, with a message that says why. */
static void expect(const char *name, enum reason reason)
{
    struct run run = speaker_run(name);

    ck_assert_str_eq(reason_code(run.reason), reason_code(reason));
    ck_assert(reason == REASON_NONE ? run.message == NULL : run.message != NULL);
    run_release(&run);
}

/* The answer of a program that behaves, owned. */
static char *answer_of(const char *name)
{
    struct run run = speaker_run(name);
    char *answer = run.answer;

    ck_assert_str_eq(reason_code(run.reason), "");
    ck_assert_ptr_nonnull(answer);
    ck_assert_uint_eq(run.answer_bytes, strlen(answer));
    run.answer = NULL;
    run_release(&run);
    return answer;
}

static void expect_answer(const char *name, const char *expected)
{
    char *answer = answer_of(name);

    ck_assert_str_eq(answer, expected);
    free(answer);
}

/* ---- Programs that behave -------------------------------------------------------------------- */

START_TEST(an_answer_comes_back_with_times_and_memory)
{
    struct run run = speaker_run("answers");

    ck_assert_int_eq(run.reason, REASON_NONE);
    ck_assert_str_eq(run.answer, "seed 42\njobs 64\ngo\n");
    ck_assert_double_gt(run.seconds, 0);
    ck_assert_double_ge(run.cpu_seconds, 0);
    ck_assert_double_gt(run.peak_mb, 0);
    ck_assert_int_eq(run.signal, 0);
    ck_assert_int_eq(run.exit_status, 0);
    run_release(&run);
}
END_TEST

START_TEST(an_answer_larger_than_a_pipe_comes_back_whole)
{
    char *answer = answer_of("answers-large");

    ck_assert_uint_eq(strlen(answer), 3 << 20);
    ck_assert_uint_eq(strspn(answer, "x"), 3 << 20);
    free(answer);
}
END_TEST

START_TEST(an_answer_may_be_empty)
{
    expect_answer("answers-nothing", "");
}
END_TEST

START_TEST(ready_may_come_letter_by_letter)
{
    expect_answer("slowly-ready", "seed 42\njobs 64\ngo\n");
}
END_TEST

START_TEST(a_program_that_never_reads_may_answer)
{
    expect_answer("never-reads", "");
}
END_TEST

START_TEST(an_input_larger_than_a_pipe_is_sent_whole)
{
    struct input many[4000];

    for (int i = 0; i < 4000; i++)
        many[i] = (struct input){.name = "a_rather_long_name", .value = i};
    speaker_request.input = &(struct input_list){.items = many, .count = 4000};
    char *answer = answer_of("answers");
    ck_assert_ptr_nonnull(strstr(answer, "a_rather_long_name 3999\ngo\n"));
    free(answer);
}
END_TEST

START_TEST(what_is_printed_is_kept_apart_and_harmless)
{
    struct run run = speaker_run("prints");

    ck_assert_str_eq(run.answer, "seed 42\njobs 64\ngo\n");
    ck_assert_str_eq(run.printed, "\\x1b[31mred\\x1b[0m \xc3\xa9\n");
    ck_assert_str_eq(run.report, "a report\n");
    run_release(&run);
}
END_TEST

/* ---- What a program finds -------------------------------------------------------------------- */

START_TEST(the_environment_is_four_variables)
{
    setenv("SECRET", "canary", 1);
    speaker_request.procs = 3;
    expect_answer("environment", "PATH=/usr/bin:/bin\nLANG=C\nRT_PROCS=3\n");
    speaker_request.leaks = true;
    expect_answer("environment", "PATH=/usr/bin:/bin\nLANG=C\nRT_PROCS=3\nRT_LEAKS=1\n");
}
END_TEST

START_TEST(only_five_descriptors_are_open)
{
    int open_at_exec = open("/dev/null", O_RDONLY); /* without O_CLOEXEC */

    ck_assert_int_ge(open_at_exec, 0);
    ck_assert_int_eq(dup2(open_at_exec, 200), 200);
    expect_answer("descriptors", "0 1 2 3 4 ");
}
END_TEST

START_TEST(signals_and_standard_input_are_fresh)
{
    sigset_t term;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    signal(SIGINT, SIG_IGN);
    expect_answer("surroundings", "ignored 0 blocked 0 stdin 0");
}
END_TEST

/* Ctrl-C and the end of a terminal are the grader's business. */
START_TEST(a_session_of_its_own)
{
    char *session = answer_of("session");

    ck_assert_int_gt(atoi(session), 0);
    ck_assert_int_ne(atoi(session), getsid(0));
    free(session);
}
END_TEST

START_TEST(a_program_is_pinned_to_as_many_cpus_as_procs)
{
    char *first = string_format("%d ", speaker_cpus.ids[0]);
    char *all = string_copy("");

    for (int i = 0; i < speaker_cpus.count; i++) {
        char *longer = string_format("%s%d ", all, speaker_cpus.ids[i]);
        free(all);
        all = longer;
    }
    expect_answer("cpus", first);
    speaker_request.procs = speaker_cpus.count;
    expect_answer("cpus", all);
    free(first);
    free(all);
}
END_TEST

/* ---- Programs that do not answer ------------------------------------------------------------- */

START_TEST(too_slow_is_a_timeout_at_every_stage)
{
    speaker_limits.wall_s = 1;
    expect("never-ready", REASON_TIMEOUT);
    expect("closes-input", REASON_TIMEOUT); /* and the grader survives its write */
    expect("never-answers", REASON_TIMEOUT);
    expect("answers-half", REASON_TIMEOUT);
    expect("hangs-after", REASON_TIMEOUT);
}
END_TEST

START_TEST(a_hanging_end_is_told_apart_from_no_answer)
{
    speaker_limits.wall_s = 1;
    struct run run = speaker_run("hangs-after");

    ck_assert_ptr_nonnull(run.answer);
    ck_assert_ptr_nonnull(strstr(run.message, "had not ended"));
    run_release(&run);
}
END_TEST

START_TEST(computing_beyond_the_cpu_limit_is_a_timeout)
{
    speaker_limits.cpu_s = 1;
    struct run run = speaker_run("computes-for-ever");

    ck_assert_str_eq(reason_code(run.reason), "timeout");
    ck_assert_int_eq(run.signal, SIGXCPU);
    ck_assert_double_gt(run.cpu_seconds, 0.5);
    run_release(&run);
}
END_TEST

START_TEST(ending_without_an_answer_is_a_crash)
{
    expect("exits-0", REASON_CRASH);
    expect("answers-half-and-ends", REASON_CRASH);
}
END_TEST

START_TEST(breaking_the_protocol_is_a_crash)
{
    expect("says-nonsense", REASON_CRASH);
    expect("answers-early", REASON_CRASH);
    expect("answers-too-much", REASON_CRASH);
    expect("announces-too-much", REASON_CRASH);
    expect("floods-answer", REASON_CRASH);
}
END_TEST

START_TEST(dying_of_a_signal_is_a_crash)
{
    struct run run = speaker_run("uses-null");

    ck_assert_str_eq(reason_code(run.reason), "crash");
    ck_assert_int_eq(run.signal, SIGSEGV);
    run_release(&run);
    expect("dies-at-start", REASON_CRASH);
    expect("kills-itself", REASON_CRASH);
}
END_TEST

START_TEST(a_crash_after_the_answer_counts)
{
    expect("crashes-after", REASON_CRASH);
}
END_TEST

START_TEST(statuses_of_the_runtime_have_their_reasons)
{
    expect("exits-101", REASON_DEADLOCK);
    expect("exits-111", REASON_UNBOUNDED_TASKS);
    expect("exits-7", REASON_CRASH);
}
END_TEST

START_TEST(only_the_oracle_can_blame_the_lesson)
{
    expect("exits-110", REASON_CRASH);
    speaker_request.trusted = true;
    expect("exits-110", REASON_INFRASTRUCTURE);
}
END_TEST

/* ---- Programs that take too much ------------------------------------------------------------- */

START_TEST(a_flood_is_stopped_and_cut)
{
    struct run run = speaker_run("floods-output");

    ck_assert_str_eq(reason_code(run.reason), "output_limit");
    ck_assert_uint_eq(strlen(run.printed), 64 << 10);
    run_release(&run);
    expect("floods-errors", REASON_OUTPUT_LIMIT);
}
END_TEST

START_TEST(filling_memory_is_stopped)
{
    struct run run = speaker_run("fills-memory");

    ck_assert_str_eq(reason_code(run.reason), "memory_limit");
    ck_assert_double_gt(run.peak_mb, speaker_limits.memory_mb);
    ck_assert_double_lt(run.peak_mb, 1024); /* not by its own end */
    run_release(&run);
}
END_TEST

START_TEST(address_space_has_an_end)
{
    expect_answer("reserves-memory", "refused");
}
END_TEST

/* ---- What is left behind --------------------------------------------------------------------- */

/* Runs a program that leaves a process behind and prints its number. */
static void expect_nobody_left(const char *name)
{
    struct run run = speaker_run(name);
    pid_t left = (pid_t)atoi(run.printed);

    ck_assert_int_eq(run.reason, REASON_NONE);
    ck_assert_int_gt(left, 1);
    ck_assert_int_eq(kill(left, 0), -1);
    ck_assert_int_eq(errno, ESRCH);
    run_release(&run);
}

START_TEST(a_child_left_behind_is_killed)
{
    expect_nobody_left("leaves-child");
}
END_TEST

START_TEST(a_daemon_left_behind_is_killed)
{
    expect_nobody_left("leaves-daemon");
}
END_TEST

START_TEST(no_descriptor_is_lost)
{
    expect("answers", REASON_NONE);
    int before = open("/dev/null", O_RDONLY);
    for (int i = 0; i < 10; i++) {
        expect("answers", REASON_NONE);
        expect("exits-0", REASON_CRASH);
    }
    int after = open("/dev/null", O_RDONLY);
    ck_assert_int_eq(after, before + 1);
}
END_TEST

static void ignore_alarm(int number)
{
    (void)number;
}

START_TEST(signals_that_interrupt_the_grader_change_nothing)
{
    struct sigaction action = {.sa_handler = ignore_alarm}; /* without SA_RESTART */
    struct itimerval often = {{0, 200}, {0, 200}};

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (int i = 0; i < 10; i++)
        expect("answers", REASON_NONE);
    char *answer = answer_of("answers-large");
    ck_assert_uint_eq(strlen(answer), 3 << 20);
    free(answer);
}
END_TEST

START_TEST(a_program_that_can_not_start_is_the_infrastructures_fault)
{
    char *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    struct run run;

    speaker_request.program = "/nowhere/program";
    ck_assert(!run_program(&speaker_request, &run, errors));
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "cannot start /nowhere/program"));
    ck_assert_ptr_nonnull(strstr(text, "No such file"));
    ck_assert_ptr_null(run.answer);
    free(text);
}
END_TEST

static TCase *case_new(Suite *suite, const char *name)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, speaker_set_up, NULL);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    return tests;
}

static Suite *run_suite(void)
{
    Suite *suite = suite_create("run");
    TCase *tests = case_new(suite, "behaves");

    tcase_add_test(tests, an_answer_comes_back_with_times_and_memory);
    tcase_add_test(tests, an_answer_larger_than_a_pipe_comes_back_whole);
    tcase_add_test(tests, an_answer_may_be_empty);
    tcase_add_test(tests, ready_may_come_letter_by_letter);
    tcase_add_test(tests, a_program_that_never_reads_may_answer);
    tcase_add_test(tests, an_input_larger_than_a_pipe_is_sent_whole);
    tcase_add_test(tests, what_is_printed_is_kept_apart_and_harmless);

    tests = case_new(suite, "finds");
    tcase_add_test(tests, the_environment_is_four_variables);
    tcase_add_test(tests, only_five_descriptors_are_open);
    tcase_add_test(tests, signals_and_standard_input_are_fresh);
    tcase_add_test(tests, a_session_of_its_own);
    tcase_add_test(tests, a_program_is_pinned_to_as_many_cpus_as_procs);

    tests = case_new(suite, "fails");
    tcase_add_test(tests, too_slow_is_a_timeout_at_every_stage);
    tcase_add_test(tests, a_hanging_end_is_told_apart_from_no_answer);
    tcase_add_test(tests, computing_beyond_the_cpu_limit_is_a_timeout);
    tcase_add_test(tests, ending_without_an_answer_is_a_crash);
    tcase_add_test(tests, breaking_the_protocol_is_a_crash);
    tcase_add_test(tests, dying_of_a_signal_is_a_crash);
    tcase_add_test(tests, a_crash_after_the_answer_counts);
    tcase_add_test(tests, statuses_of_the_runtime_have_their_reasons);
    tcase_add_test(tests, only_the_oracle_can_blame_the_lesson);

    tests = case_new(suite, "takes too much");
    tcase_add_test(tests, a_flood_is_stopped_and_cut);
    tcase_add_test(tests, filling_memory_is_stopped);
    tcase_add_test(tests, address_space_has_an_end);

    tests = case_new(suite, "leaves nothing behind");
    tcase_add_test(tests, a_child_left_behind_is_killed);
    tcase_add_test(tests, a_daemon_left_behind_is_killed);
    tcase_add_test(tests, no_descriptor_is_lost);
    tcase_add_test(tests, signals_that_interrupt_the_grader_change_nothing);
    tcase_add_test(tests, a_program_that_can_not_start_is_the_infrastructures_fault);
    return suite;
}

int main(void)
{
    speaker_make();
    SRunner *runner = srunner_create(run_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    speaker_remove();
    return failed ? 1 : 0;
}
