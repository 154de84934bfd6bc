/* Tests of grader/measure.c, on scripts that take as long as they are told to.
 *
 * No test depends on an absolute time: a script that is to be slow takes many times as long as
 * one that is to be fast. A machine may still be too busy; a test then takes that for an answer. */
#include "measure.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fake_program.h"
#include "lesson_fixture.h"
#include "sample.h"

static const struct check overlap = {
    .id = "shape",
    .kind = CHECK_SHAPE,
    .points = 40,
    .shape = SHAPE_OVERLAP,
    .overlap = {.set = true, .pass = {2, false}, .fail = {1.2, false}},
};

static const struct check parallel = {
    .id = "shape",
    .kind = CHECK_SHAPE,
    .points = 40,
    .shape = SHAPE_PARALLEL,
    .overlap = {.set = true, .pass = {0.8, false}, .fail = {0.6, false}},
    .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}},
};

static const struct check speedup_only = {
    .id = "shape",
    .kind = CHECK_SHAPE,
    .points = 40,
    .shape = SHAPE_PARALLEL,
    .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}},
};

/* What the measuring of ./program against ./oracle found. */
struct outcome {
    struct check_result result;
    char *progress, *errors;
    bool ok;
};

static struct outcome measure_beside(const struct check *check, int procs,
                                     const struct witness *witness)
{
    struct outcome outcome = {.result = {.check = check}};
    struct trial trial = fake_trial(check, procs);
    size_t size;
    FILE *progress = open_memstream(&outcome.progress, &size);
    PRINTED(outcome.errors,
            outcome.ok = measure_shape(&trial, 1, &outcome.result, witness, progress, out));
    fclose(progress);
    return outcome;
}

static struct outcome measure(const struct check *check, int procs)
{
    return measure_beside(check, procs, &(struct witness){0});
}

static void outcome_release(struct outcome *outcome)
{
    difference_release(&outcome->result.difference);
    free(outcome->result.message);
    free(outcome->progress);
    free(outcome->errors);
}

/* The reason, unless the machine was too busy to tell. */
static void check_reason(const struct outcome *outcome, enum reason expected)
{
    ck_assert_msg(outcome->ok, "%s", outcome->errors);
    if (outcome->result.reason != REASON_NOISY_MACHINE)
        ck_assert_str_eq(reason_code(outcome->result.reason), reason_code(expected));
}

static bool two_cpus(void)
{
    return cpus_allowed().count >= 2;
}

/* ---- Shapes ---------------------------------------------------------------------------------- */

START_TEST(overlapped_waits_pass_in_a_few_rounds)
{
    fake_program("oracle", "sleep 0.08; answer 1");
    fake_program("program", "sleep 0.01; answer 1");
    struct outcome outcome = measure(&overlap, 1);
    check_reason(&outcome, REASON_NONE);
    ck_assert_int_ge(outcome.result.evidence.rounds_count, ROUNDS_MIN);
    ck_assert_double_eq(outcome.result.points, 40);
    outcome_release(&outcome);
}
END_TEST

START_TEST(waits_one_by_one_fail)
{
    fake_program("oracle", "sleep 0.01; answer 1");
    fake_program("program", "sleep 0.04; answer 1");
    struct outcome outcome = measure(&overlap, 1);
    check_reason(&outcome, REASON_NOT_OVERLAPPED);
    ck_assert_int_ge(outcome.result.evidence.rounds_count, 16);
    outcome_release(&outcome);
}
END_TEST

struct testimony {
    bool fails;
    int asked;
};

static bool ask(void *context)
{
    struct testimony *testimony = context;
    testimony->asked++;
    return testimony->fails;
}

START_TEST(five_rounds_are_enough_if_virtual_time_says_so_too)
{
    fake_program("oracle", "sleep 0.01; answer 1");
    fake_program("program", "sleep 0.04; answer 1");
    for (int fails = 0; fails <= 1; fails++) {
        struct testimony testimony = {.fails = fails == 1};
        struct outcome outcome = measure_beside(&overlap, 1, &(struct witness){ask, &testimony});
        check_reason(&outcome, REASON_NOT_OVERLAPPED);
        ck_assert_int_eq(testimony.asked, 1);
        ck_assert_int_eq(outcome.result.evidence.rounds_count < 16, fails);
        outcome_release(&outcome);
    }
}
END_TEST

START_TEST(virtual_time_is_not_asked_about_what_passes)
{
    struct testimony testimony = {.fails = true};
    fake_program("oracle", "sleep 0.08; answer 1");
    fake_program("program", "sleep 0.01; answer 1");
    struct outcome outcome = measure_beside(&overlap, 1, &(struct witness){ask, &testimony});
    check_reason(&outcome, REASON_NONE);
    ck_assert_int_eq(testimony.asked, 0);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_parallel_shape_that_is_slow_on_one_proc_fails_for_that)
{
    fake_program("oracle", "sleep 0.01; answer 1");
    fake_program("program", "sleep 0.04; answer 1");
    struct outcome outcome = measure(&parallel, 1);
    check_reason(&outcome, REASON_TOO_SLOW_SERIAL);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_speedup_is_not_even_measured_with_one_proc)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "echo >>runs; answer 1");
    struct outcome outcome = measure(&speedup_only, 1);
    check_reason(&outcome, REASON_ONE_CPU);
    ck_assert_int_eq(outcome.result.status, STATUS_INCONCLUSIVE);
    ck_assert_double_eq(outcome.result.points, 40);
    shell("test ! -e runs");
    outcome_release(&outcome);
}
END_TEST

START_TEST(more_procs_than_cpus_are_not_measured)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "answer 1");
    struct outcome outcome = measure(&speedup_only, 256);
    check_reason(&outcome, REASON_ONE_CPU);
    ck_assert_int_eq(outcome.result.evidence.rounds_count, 0);
    outcome_release(&outcome);
}
END_TEST

START_TEST(no_gain_from_a_second_proc_fails)
{
    if (!two_cpus())
        return;
    fake_program("oracle", "sleep 0.05; answer 1");
    fake_program("program", "sleep 0.05; answer 1");
    struct outcome outcome = measure(&parallel, 2);
    check_reason(&outcome, REASON_NOT_PARALLEL);
    const struct evidence *evidence = &outcome.result.evidence;
    ck_assert_double_gt(evidence->rounds[0].spin_one, 0);
    ck_assert_double_gt(evidence->rounds[0].many, 0);
    ck_assert_double_gt(evidence->rounds[0].sequential, 0);
    ck_assert_double_eq(evidence->rounds[ROUNDS_MIN - 1].sequential_many, 0);
    if (outcome.result.reason ==
        REASON_NOT_PARALLEL) /* two oracles at once did no worse than one */
        ck_assert_double_gt(evidence->rounds[evidence->rounds_count - 1].sequential_many, 0);
    outcome_release(&outcome);
}
END_TEST

/* The CPUs of such a machine are as fast as ever at what the spin kernel does. */
START_TEST(nobody_fails_where_two_oracles_at_once_take_twice_as_long)
{
    if (!two_cpus())
        return;
    fake_program("oracle", "exec 9>core; flock 9; sleep 0.05; answer 1");
    fake_program("program", "sleep 0.05; answer 1");
    struct outcome outcome = measure(&parallel, 2);
    check_reason(&outcome, REASON_NOISY_MACHINE);
    const struct evidence *evidence = &outcome.result.evidence;
    const struct round *last = &evidence->rounds[evidence->rounds_count - 1];
    if (last->sequential_many > 0) /* else it was busy in the first rounds already */
        ck_assert_double_gt(last->sequential_many, 1.5 * last->sequential);
    outcome_release(&outcome);
}
END_TEST

/* ---- Answers --------------------------------------------------------------------------------- */

START_TEST(a_wrong_answer_ends_the_measuring)
{
    fake_program("oracle", "answer \"$seed\"");
    fake_program("program",
                 "echo >>runs; [ $(wc -l <runs) -lt 3 ] && answer \"$seed\" || answer 0");
    struct outcome outcome = measure(&overlap, 1);
    ck_assert_int_eq(outcome.result.status, STATUS_FAIL);
    ck_assert_int_eq(outcome.result.reason, REASON_WRONG_ANSWER);
    ck_assert_int_eq(outcome.result.evidence.rounds_count, 2);
    ck_assert_int_eq(outcome.result.procs, 1);
    outcome_release(&outcome);
}
END_TEST

/* At procs=1 and 2 alike, once the overlap is decided. */
START_TEST(a_wrong_answer_is_found_in_late_rounds)
{
    if (!two_cpus())
        return;
    fake_program("oracle", "sleep 0.05; answer 1");
    fake_program("program",
                 "sleep 0.05; echo >>runs; [ $(wc -l <runs) -gt 18 ] && answer 2 || answer 1");
    struct outcome outcome = measure(&parallel, 2);
    check_reason(&outcome, REASON_WRONG_ANSWER);
    if (outcome.result.reason == REASON_WRONG_ANSWER)
        ck_assert_int_eq(outcome.result.evidence.rounds_count, 9);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_run_that_dies_ends_the_measuring)
{
    fake_program("oracle", "answer 1");
    fake_program("program", "echo >>runs; [ $(wc -l <runs) -lt 2 ] || exit 102; answer 1");
    struct outcome outcome = measure(&overlap, 1);
    ck_assert_int_eq(outcome.result.reason, REASON_MISUSE);
    ck_assert_int_eq(outcome.result.evidence.rounds_count, 1);
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_round_gives_all_its_runs_the_same_input_and_the_next_another)
{
    fake_program("oracle", "sleep 0.05; echo $seed >>oracle-seeds; answer 1");
    fake_program("program", "echo $seed >>seeds; answer 1");
    struct outcome outcome = measure(&overlap, 1);
    ck_assert(outcome.ok);
    shell("cmp seeds oracle-seeds && test $(sort -u seeds | wc -l) = $(wc -l <seeds)");
    outcome_release(&outcome);
}
END_TEST

START_TEST(an_oracle_that_dies_is_not_the_students_fault)
{
    fake_program("oracle", "exit 1");
    fake_program("program", "answer 1");
    struct outcome outcome = measure(&overlap, 1);
    ck_assert(!outcome.ok);
    ck_assert_has(outcome.errors, "the lesson's own answer could not be made");
    outcome_release(&outcome);
}
END_TEST

/* ---- Progress -------------------------------------------------------------------------------- */

START_TEST(progress_is_rewritten_in_place_and_erased)
{
    fake_program("oracle", "sleep 0.05; answer 1");
    fake_program("program", "answer 1");
    struct outcome outcome = measure(&overlap, 1);
    size_t length = strlen(outcome.progress);
    ck_assert_has(outcome.progress, "\r\033[K measuring: round 1");
    ck_assert_has(outcome.progress, "\r\033[K measuring: round 2");
    ck_assert_has(outcome.progress, ", overlap ");
    ck_assert_str_eq(outcome.progress + length - 4, "\r\033[K");
    ck_assert_has_not(outcome.progress, "\n");
    outcome_release(&outcome);
}
END_TEST

/* ---- Reasons --------------------------------------------------------------------------------- */

START_TEST(what_kept_a_shape_open_is_told_apart)
{
    struct shape_verdict shape = {.decision = DECISION_INCONCLUSIVE,
                                  .overlap.decision = DECISION_INCONCLUSIVE,
                                  .speedup = {.required = true, .decision = DECISION_INCONCLUSIVE},
                                  .few_cpus = true,
                                  .dropped = 9,
                                  .kept = 7};
    ck_assert_int_eq(measure_reason(&parallel, &shape), REASON_NOISY_MACHINE);
    shape.overlap.decision = DECISION_PASS;
    ck_assert_int_eq(measure_reason(&parallel, &shape), REASON_ONE_CPU);
    shape.few_cpus = false;
    shape.kept = 30;
    shape.speedup.fail = 1.2;
    shape.speedup.pass = 1.5;
    shape.speedup.median = 1.35;
    ck_assert_int_eq(measure_reason(&parallel, &shape), REASON_BORDERLINE);
    shape.speedup.median = 1.9; /* above pass, and still open: its values scatter */
    ck_assert_int_eq(measure_reason(&parallel, &shape), REASON_NOISY_MACHINE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure");
    TCase *tests = tcase_create("measure");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, enter_scratch, leave_scratch);
    tcase_add_test(tests, overlapped_waits_pass_in_a_few_rounds);
    tcase_add_test(tests, waits_one_by_one_fail);
    tcase_add_test(tests, five_rounds_are_enough_if_virtual_time_says_so_too);
    tcase_add_test(tests, virtual_time_is_not_asked_about_what_passes);
    tcase_add_test(tests, a_parallel_shape_that_is_slow_on_one_proc_fails_for_that);
    tcase_add_test(tests, a_speedup_is_not_even_measured_with_one_proc);
    tcase_add_test(tests, more_procs_than_cpus_are_not_measured);
    tcase_add_test(tests, no_gain_from_a_second_proc_fails);
    tcase_add_test(tests, nobody_fails_where_two_oracles_at_once_take_twice_as_long);
    tcase_add_test(tests, a_wrong_answer_ends_the_measuring);
    tcase_add_test(tests, a_wrong_answer_is_found_in_late_rounds);
    tcase_add_test(tests, a_run_that_dies_ends_the_measuring);
    tcase_add_test(tests, a_round_gives_all_its_runs_the_same_input_and_the_next_another);
    tcase_add_test(tests, an_oracle_that_dies_is_not_the_students_fault);
    tcase_add_test(tests, progress_is_rewritten_in_place_and_erased);
    tcase_add_test(tests, what_kept_a_shape_open_is_told_apart);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
