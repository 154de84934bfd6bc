/* Tests of grader/verdict.c on prepared evidence; test_verdict_noise.c has synthetic machines. */
#include <check.h>

#include "lesson.h"
#include "verdict.h"

static const struct check parallel = {
    .kind = CHECK_SHAPE,
    .shape = SHAPE_PARALLEL,
    .overlap = {.set = true, .pass = {0.8, false}, .fail = {0.6, false}},
    .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}},
};

static const struct check overlap = {
    .kind = CHECK_SHAPE,
    .shape = SHAPE_OVERLAP,
    .overlap = {.set = true, .pass = {6, false}, .fail = {3, false}},
};

static const struct check speedup_only = {
    .kind = CHECK_SHAPE,
    .shape = SHAPE_PARALLEL,
    .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}},
};

/* A quiet machine of two CPUs, and a submission that is as fast as the oracle and speeds up by
 * `speedup`. */
static struct round quiet(double speedup)
{
    return (struct round){
        .sequential = 0.2,
        .one = 0.2,
        .many = 0.2 / speedup,
        .many_cpu = 0.2,
        .spin_one = 0.056,
        .spin_many = 0.028,
    };
}

static struct evidence two_cpus(void)
{
    return (struct evidence){.procs = 2, .cpus = 2};
}

static void add(struct evidence *evidence, struct round round, int times)
{
    for (int i = 0; i < times; i++)
        evidence->rounds[evidence->rounds_count++] = round;
}

static enum decision decide(const struct check *check, const struct evidence *evidence)
{
    return verdict_shape(check, evidence).decision;
}

/* ---- Enough evidence, and not enough --------------------------------------------------------- */

START_TEST(five_rounds_above_pass_are_a_pass)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.9), 4);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.9), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_PASS);
}
END_TEST

START_TEST(sixteen_rounds_below_fail_are_a_failure)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.0), 15);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.0), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
}
END_TEST

START_TEST(one_bad_round_delays_a_pass)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.4), 1);
    add(&evidence, quiet(1.9), 7);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.9), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_PASS);
}
END_TEST

START_TEST(one_good_round_delays_a_failure)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.9), 1);
    add(&evidence, quiet(1.0), 18);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.0), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
}
END_TEST

START_TEST(the_dead_zone_is_inconclusive_after_all_rounds)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.35), ROUNDS_MAX - 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.35), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_INCONCLUSIVE);
}
END_TEST

START_TEST(a_round_at_the_pass_threshold_is_above_it)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.5), 5);
    ck_assert_int_eq(decide(&speedup_only, &evidence), DECISION_PASS);
}
END_TEST

START_TEST(a_pass_stays_a_pass_when_more_rounds_come)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.9), 5);
    add(&evidence, quiet(1.0), ROUNDS_MAX - 5);
    ck_assert_int_eq(decide(&speedup_only, &evidence), DECISION_PASS);
}
END_TEST

/* ---- Axes ------------------------------------------------------------------------------------ */

START_TEST(a_slow_run_on_one_proc_fails_despite_its_speedup)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(2.0);
    round.one *= 2;
    round.many *= 2;
    add(&evidence, round, 16);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_FAIL);
    ck_assert_int_eq(shape.overlap.decision, DECISION_FAIL);
    ck_assert_int_eq(shape.speedup.decision, DECISION_UNDECIDED);
}
END_TEST

/* A serial program that knows the number of the round, and dawdles on one proc in some of them. */
START_TEST(a_speedup_is_not_bought_in_rounds_of_its_own)
{
    struct round serial = quiet(1.0), dawdling = serial;
    dawdling.one *= 4;
    for (int dawdling_first = 0; dawdling_first < 2; dawdling_first++) {
        struct evidence evidence = two_cpus();
        add(&evidence, dawdling_first ? dawdling : serial, 5);
        while (decide(&parallel, &evidence) == DECISION_UNDECIDED)
            add(&evidence, dawdling_first ? serial : dawdling, 1);
        ck_assert_int_ne(decide(&parallel, &evidence), DECISION_PASS);
    }
}
END_TEST

START_TEST(an_axis_without_thresholds_is_only_reported)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.0);
    round.sequential = 8 * round.one;
    add(&evidence, round, 5);
    struct shape_verdict shape = verdict_shape(&overlap, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_PASS);
    ck_assert_double_eq_tol(shape.overlap.median, 8, 1e-9);
    ck_assert_double_eq_tol(shape.speedup.median, 1, 1e-9);
    ck_assert(!shape.speedup.required);
}
END_TEST

START_TEST(a_time_that_was_not_measured_has_no_say)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.9);
    add(&evidence, round, 5);
    round.many = 0; /* as measure.c leaves it out once the speedup is decided */
    add(&evidence, round, 5);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_PASS);
    ck_assert_double_eq_tol(shape.speedup.low, 1.9, 1e-9);
}
END_TEST

START_TEST(speedup_is_put_against_what_the_machine_gives)
{
    struct evidence evidence = two_cpus();
    struct round siblings = quiet(1.6);
    siblings.spin_many = siblings.spin_one / 1.7;
    add(&evidence, siblings, 5);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_double_eq_tol(shape.achievable, 1.7, 1e-9);
    ck_assert_double_eq_tol(shape.speedup.median, 1.6 * 2 / 1.7, 1e-9);
    ck_assert_int_eq(shape.decision, DECISION_PASS);
}
END_TEST

START_TEST(overlap_is_not_scaled_by_the_machine)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.6);
    round.spin_many = round.spin_one / 1.7;
    add(&evidence, round, 5);
    ck_assert_double_eq_tol(verdict_shape(&parallel, &evidence).overlap.median, 1, 1e-9);
}
END_TEST

START_TEST(more_than_n_is_noise)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.9);
    round.spin_many = round.spin_one / 2.2;
    add(&evidence, round, 5);
    ck_assert_double_eq_tol(verdict_shape(&parallel, &evidence).speedup.median, 1.9, 1e-9);
}
END_TEST

/* ---- The gate -------------------------------------------------------------------------------- */

/* Whether a round that differs from a quiet one is kept among quiet ones. */
static bool kept(struct round round)
{
    struct evidence evidence = two_cpus();
    add(&evidence, quiet(1.9), 3);
    add(&evidence, round, 1);
    return verdict_round_kept(&parallel, &evidence, 3);
}

START_TEST(disturbed_rounds_are_dropped)
{
    struct round throttled = quiet(1.9), stolen = quiet(1.9), slow = quiet(1.9),
                 narrow = quiet(1.9);
    throttled.throttled = true;
    stolen.steal = 0.03;
    slow.spin_one *= 1.12;
    slow.spin_many *= 1.12;
    narrow.spin_many = narrow.spin_one / 1.68; /* 0.84 of the 2 that the others gave */
    ck_assert(kept(quiet(1.9)));
    ck_assert(!kept(throttled));
    ck_assert(!kept(stolen));
    ck_assert(!kept(slow));
    ck_assert(!kept(narrow));
}
END_TEST

START_TEST(small_disturbances_are_kept)
{
    struct round stolen = quiet(1.9), slow = quiet(1.9), narrow = quiet(1.9);
    stolen.steal = 0.01;
    slow.spin_one *= 1.08;
    slow.spin_many *= 1.08;
    narrow.spin_many = narrow.spin_one / 1.72;
    ck_assert(kept(stolen));
    ck_assert(kept(slow));
    ck_assert(kept(narrow));
}
END_TEST

START_TEST(the_gate_does_not_look_at_the_submission)
{
    struct round strange = quiet(1.9);
    strange.sequential = 9;
    strange.one = 0.001;
    strange.many = 7;
    strange.many_cpu = 100;
    ck_assert(kept(strange));
}
END_TEST

START_TEST(mostly_dropped_rounds_are_inconclusive)
{
    struct evidence evidence = two_cpus();
    struct round stolen = quiet(1.0);
    stolen.steal = 0.5;
    add(&evidence, stolen, 15);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, stolen, 1);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.dropped, 16);
}
END_TEST

START_TEST(nobody_fails_while_more_than_half_of_the_rounds_are_dropped)
{
    struct evidence evidence = two_cpus();
    struct round stolen = quiet(1.0);
    stolen.steal = 0.5;
    add(&evidence, quiet(1.0), 16);
    add(&evidence, stolen, 17);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, quiet(1.0), 1);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
    evidence.rounds_count--;
    add(&evidence, stolen, ROUNDS_MAX - evidence.rounds_count);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.speedup.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.overlap.decision, DECISION_PASS);
}
END_TEST

/* A machine on which another program wants each CPU, all the time. */
static struct round crowded(double speedup)
{
    struct round round = quiet(speedup);
    round.spin_cpu = round.spin_one / 2;
    return round;
}

/* As of a program that waits and computes: beside the other one it overlaps less. */
START_TEST(nobody_fails_on_a_crowded_machine)
{
    struct evidence evidence = two_cpus();
    struct round slow = crowded(1.9);
    slow.one = 10 * slow.sequential;
    slow.many = slow.one / 1.9;
    add(&evidence, slow, 15);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, slow, 1);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.crowded, 16);
    ck_assert_int_eq(shape.overlap.decision, DECISION_INCONCLUSIVE);
    for (int i = 0; i < 16; i++)
        evidence.rounds[i].spin_cpu = evidence.rounds[i].spin_one / 1.08;
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
}
END_TEST

START_TEST(on_a_crowded_machine_virtual_time_may_fail)
{
    struct evidence evidence = two_cpus();
    evidence.fails_in_virtual_time = true;
    add(&evidence, crowded(1.0), 5);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
}
END_TEST

START_TEST(a_crowded_machine_passes_what_is_good)
{
    struct evidence evidence = two_cpus();
    add(&evidence, crowded(1.9), 5);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_PASS);
}
END_TEST

/* Two hardware threads of one core: the kernel sees two CPUs, the lesson's work little more than
 * one. Five rounds are bad, and then the oracle runs on both at once. */
static struct evidence on_siblings(double of_work, int rounds)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.15);
    add(&evidence, round, ROUNDS_MIN);
    round.sequential_many = evidence.procs * round.sequential / of_work;
    add(&evidence, round, rounds - ROUNDS_MIN);
    return evidence;
}

START_TEST(nobody_fails_on_two_threads_of_a_core)
{
    struct evidence evidence = on_siblings(1.2, 16);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    evidence = on_siblings(1.2, ROUNDS_MAX);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.kept, ROUNDS_MIN);
    ck_assert_double_eq_tol(shape.achievable, 1.2, 1e-9);
    evidence.fails_in_virtual_time = true;
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_INCONCLUSIVE);
}
END_TEST

START_TEST(what_fails_where_the_work_of_the_lesson_scales_is_failed)
{
    struct evidence evidence = on_siblings(1.95, 16);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_FAIL);
    ck_assert_int_eq(shape.kept, 16);
}
END_TEST

/* More than the kernel's is noise. */
START_TEST(the_work_of_the_lesson_cannot_scale_better_than_the_kernel)
{
    struct evidence evidence = on_siblings(2.5, 16);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_double_eq_tol(shape.achievable, 2, 1e-9);
    ck_assert_int_eq(shape.decision, DECISION_FAIL);
}
END_TEST

START_TEST(a_serial_program_cannot_pass_on_a_machine_without_parallelism)
{
    struct evidence evidence = two_cpus();
    struct round round = quiet(1.0);
    round.spin_many = round.spin_one / 1.1; /* scaled, a speedup of 1 would be 1.8 of 2 */
    add(&evidence, round, 16);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_double_eq_tol(shape.achievable, 1.1, 1e-9);
}
END_TEST

/* ---- One CPU --------------------------------------------------------------------------------- */

static struct round on_one_cpu(double overlap_value)
{
    return (struct round){.sequential = 0.2, .one = 0.2 / overlap_value};
}

START_TEST(one_cpu_leaves_the_speedup_open)
{
    struct evidence evidence = {.procs = 1, .cpus = 1};
    add(&evidence, on_one_cpu(1), 4);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_UNDECIDED);
    add(&evidence, on_one_cpu(1), 1);
    struct shape_verdict shape = verdict_shape(&parallel, &evidence);
    ck_assert_int_eq(shape.decision, DECISION_INCONCLUSIVE);
    ck_assert_int_eq(shape.overlap.decision, DECISION_PASS);
    ck_assert(shape.few_cpus);
}
END_TEST

START_TEST(one_cpu_can_still_show_a_missing_overlap)
{
    struct evidence evidence = {.procs = 1, .cpus = 1};
    add(&evidence, on_one_cpu(0.3), 16);
    ck_assert_int_eq(decide(&parallel, &evidence), DECISION_FAIL);
}
END_TEST

START_TEST(one_cpu_is_enough_for_a_shape_that_only_overlaps)
{
    struct evidence evidence = {.procs = 1, .cpus = 1};
    add(&evidence, on_one_cpu(8), 5);
    ck_assert_int_eq(decide(&overlap, &evidence), DECISION_PASS);
}
END_TEST

START_TEST(without_cpus_or_overlap_nothing_needs_measuring)
{
    struct evidence one = {.procs = 1, .cpus = 4}, few = {.procs = 4, .cpus = 2};
    ck_assert_int_eq(decide(&speedup_only, &one), DECISION_INCONCLUSIVE);
    ck_assert_int_eq(decide(&speedup_only, &few), DECISION_INCONCLUSIVE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *evidence = tcase_create("evidence");
    tcase_add_test(evidence, five_rounds_above_pass_are_a_pass);
    tcase_add_test(evidence, sixteen_rounds_below_fail_are_a_failure);
    tcase_add_test(evidence, one_bad_round_delays_a_pass);
    tcase_add_test(evidence, one_good_round_delays_a_failure);
    tcase_add_test(evidence, the_dead_zone_is_inconclusive_after_all_rounds);
    tcase_add_test(evidence, a_round_at_the_pass_threshold_is_above_it);
    tcase_add_test(evidence, a_pass_stays_a_pass_when_more_rounds_come);
    suite_add_tcase(suite, evidence);

    TCase *axes = tcase_create("axes");
    tcase_add_test(axes, a_slow_run_on_one_proc_fails_despite_its_speedup);
    tcase_add_test(axes, a_speedup_is_not_bought_in_rounds_of_its_own);
    tcase_add_test(axes, an_axis_without_thresholds_is_only_reported);
    tcase_add_test(axes, a_time_that_was_not_measured_has_no_say);
    tcase_add_test(axes, speedup_is_put_against_what_the_machine_gives);
    tcase_add_test(axes, overlap_is_not_scaled_by_the_machine);
    tcase_add_test(axes, more_than_n_is_noise);
    suite_add_tcase(suite, axes);

    TCase *gate = tcase_create("gate");
    tcase_add_test(gate, disturbed_rounds_are_dropped);
    tcase_add_test(gate, small_disturbances_are_kept);
    tcase_add_test(gate, the_gate_does_not_look_at_the_submission);
    tcase_add_test(gate, mostly_dropped_rounds_are_inconclusive);
    tcase_add_test(gate, nobody_fails_while_more_than_half_of_the_rounds_are_dropped);
    tcase_add_test(gate, nobody_fails_on_a_crowded_machine);
    tcase_add_test(gate, on_a_crowded_machine_virtual_time_may_fail);
    tcase_add_test(gate, a_crowded_machine_passes_what_is_good);
    tcase_add_test(gate, nobody_fails_on_two_threads_of_a_core);
    tcase_add_test(gate, what_fails_where_the_work_of_the_lesson_scales_is_failed);
    tcase_add_test(gate, the_work_of_the_lesson_cannot_scale_better_than_the_kernel);
    tcase_add_test(gate, a_serial_program_cannot_pass_on_a_machine_without_parallelism);
    suite_add_tcase(suite, gate);

    TCase *few = tcase_create("few CPUs");
    tcase_add_test(few, one_cpu_leaves_the_speedup_open);
    tcase_add_test(few, one_cpu_can_still_show_a_missing_overlap);
    tcase_add_test(few, one_cpu_is_enough_for_a_shape_that_only_overlaps);
    tcase_add_test(few, without_cpus_or_overlap_nothing_needs_measuring);
    suite_add_tcase(suite, few);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
