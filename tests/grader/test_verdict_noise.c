/* Tests of grader/verdict.c on synthetic machines: noisy, bursting, drifting, with heavy tails.
 *
 * Each test grades one submission many times and counts how the gradings end. All draw from a fixed
 * seed, so that they always give the same figures. GRADINGS in the environment says how many times:
 * 25000 make it 300,000 gradings of submissions that are good or just so, of which none may fail. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "sample.h"
#include "seed.h"
#include "verdict.h"

/* A shape check with thresholds for both axes. */
#define PARALLEL (&sample_lesson.checks[2])

/* What two quiet CPUs measure for a submission that is as fast as the oracle. */
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

/* A machine that disturbs measurements in its own way. */
struct machine {
    double jitter;       /* relative standard deviation of every time */
    double burst_chance; /* of a time being lengthened */
    double burst_mean;   /* by how much of itself, on average */
    double tail;         /* Pareto exponent of the lengthening; 0: exponential */
    double drift;        /* how much slower it is after ROUNDS_MAX rounds */
};

static double uniform(uint64_t *stream)
{
    return ((double)seed_next(stream) + 0.5) / ((double)SEED_MAX + 1);
}

static double normal(uint64_t *stream)
{
    return sqrt(-2 * log(uniform(stream))) * cos(2 * M_PI * uniform(stream));
}

static double disturb(const struct machine *machine, double seconds, int round, uint64_t *stream)
{
    seconds *= exp(machine->jitter * normal(stream));
    seconds *= 1 + machine->drift * round / ROUNDS_MAX;
    if (uniform(stream) >= machine->burst_chance)
        return seconds;
    double longer =
        machine->tail > 0 ? pow(uniform(stream), -1 / machine->tail) - 1 : -log(uniform(stream));
    return seconds * (1 + machine->burst_mean * longer);
}

static int gradings = 1000;

/* How gradings of one submission on one machine ended. */
struct tally {
    int passed, failed, inconclusive;
    double rounds; /* mean */
};

static struct tally grade_many(const struct machine *machine, struct round truth)
{
    struct tally tally = {0};
    uint64_t stream = 20240607;
    for (int i = 0; i < gradings; i++) {
        struct evidence evidence = {.procs = 2, .cpus = 2};
        enum decision decision;
        do {
            struct round *round = &evidence.rounds[evidence.rounds_count];
            *round = truth;
            round->sequential = disturb(machine, truth.sequential, evidence.rounds_count, &stream);
            round->one = disturb(machine, truth.one, evidence.rounds_count, &stream);
            round->many = disturb(machine, truth.many, evidence.rounds_count, &stream);
            round->spin_one = disturb(machine, truth.spin_one, evidence.rounds_count, &stream);
            round->spin_many = disturb(machine, truth.spin_many, evidence.rounds_count, &stream);
            evidence.rounds_count++;
            decision = verdict_shape(PARALLEL, &evidence).decision;
        } while (decision == DECISION_UNDECIDED);
        tally.passed += decision == DECISION_PASS;
        tally.failed += decision == DECISION_FAIL;
        tally.inconclusive += decision == DECISION_INCONCLUSIVE;
        tally.rounds += (double)evidence.rounds_count / gradings;
    }
    return tally;
}

static const struct machine usual = {.jitter = 0.015, .burst_chance = 0.04, .burst_mean = 0.4};

static const struct machine machines[] = {
    {.jitter = 0.01},
    {.jitter = 0.03, .burst_chance = 0.10, .burst_mean = 0.5},
    {.jitter = 0.03, .burst_chance = 0.30, .burst_mean = 0.5},
    {.jitter = 0.02, .burst_chance = 0.15, .burst_mean = 0.2, .tail = 1.2},
    {.jitter = 0.02, .drift = 0.5},
    {.jitter = 0.10, .burst_chance = 0.50, .burst_mean = 2.0, .tail = 0.8},
};

#define MACHINES ((int)(sizeof machines / sizeof *machines))

START_TEST(no_machine_fails_a_good_submission)
{
    struct tally tally = grade_many(&machines[_i], quiet(1.9));
    ck_assert_int_eq(tally.failed, 0);
}
END_TEST

START_TEST(no_machine_fails_a_submission_that_just_passes)
{
    struct tally tally = grade_many(&machines[_i], quiet(1.52));
    ck_assert_int_eq(tally.failed, 0);
}
END_TEST

/* Bursts in T_1 alone can make a serial program look parallel, but hardly five times in a row. */
START_TEST(hardly_any_machine_passes_a_serial_submission)
{
    struct tally tally = grade_many(&machines[_i], quiet(1.0));
    ck_assert_int_le(tally.passed, gradings / 100);
}
END_TEST

START_TEST(usual_noise_passes_good_submissions_soon)
{
    struct tally tally = grade_many(&usual, quiet(1.9));
    ck_assert_int_ge(tally.passed, gradings * 99 / 100);
    ck_assert_double_le(tally.rounds, 7);
}
END_TEST

START_TEST(usual_noise_fails_serial_submissions_soon)
{
    struct tally tally = grade_many(&usual, quiet(1.0));
    ck_assert_int_ge(tally.failed, gradings * 99 / 100);
    ck_assert_double_le(tally.rounds, 24);
}
END_TEST

/* As fast as half of the threshold asks for: slower on two procs than on one. */
START_TEST(usual_noise_fails_submissions_at_half_of_the_threshold)
{
    struct tally tally = grade_many(&usual, quiet(0.75));
    ck_assert_int_ge(tally.failed, gradings * 99 / 100);
}
END_TEST

START_TEST(a_noisy_machine_mostly_fails_submissions_at_half_of_the_threshold)
{
    struct tally tally = grade_many(&machines[1], quiet(0.75));
    ck_assert_int_ge(tally.failed, gradings * 90 / 100);
}
END_TEST

START_TEST(a_noisy_machine_still_tells_good_from_serial)
{
    struct tally good = grade_many(&machines[1], quiet(1.9));
    struct tally serial = grade_many(&machines[1], quiet(1.0));
    ck_assert_int_ge(good.passed, gradings * 97 / 100);
    ck_assert_int_ge(serial.failed, gradings * 75 / 100);
}
END_TEST

int main(void)
{
    const char *wanted = getenv("GRADINGS");
    if (wanted && atoi(wanted) > 0)
        gradings = atoi(wanted);
    Suite *suite = suite_create("verdict on synthetic machines");
    TCase *noise = tcase_create("synthetic machines");
    tcase_set_timeout(noise, 60 + gradings / 100.0);
    tcase_add_loop_test(noise, no_machine_fails_a_good_submission, 0, MACHINES);
    tcase_add_loop_test(noise, no_machine_fails_a_submission_that_just_passes, 0, MACHINES);
    tcase_add_loop_test(noise, hardly_any_machine_passes_a_serial_submission, 0, MACHINES);
    tcase_add_test(noise, usual_noise_passes_good_submissions_soon);
    tcase_add_test(noise, usual_noise_fails_serial_submissions_soon);
    tcase_add_test(noise, usual_noise_fails_submissions_at_half_of_the_threshold);
    tcase_add_test(noise, a_noisy_machine_mostly_fails_submissions_at_half_of_the_threshold);
    tcase_add_test(noise, a_noisy_machine_still_tells_good_from_serial);
    suite_add_tcase(suite, noise);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
