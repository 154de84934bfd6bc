/* verdict.c - pass, fail or inconclusive, so that a noisy machine never fails a good submission.
 *
 * Two axes. Overlap, T_sequential/T_1: does the submission on one proc overlap its waits
 * (concurrency)? Speedup, T_1/T_N: do more procs make it faster (parallelism)? Each axis has a
 * pass and a fail threshold, and a dead zone between them.
 *
 * Paired rounds. A machine changes while we measure: other programs start, clocks change, a
 * hypervisor takes time away. So figures are compared only within a round, and each round also
 * times a spin kernel, which shares nothing between its parts, on one CPU and on N. A = C_1/C_N
 * is the speedup that the machine could give in that round; the submission's speedup is scaled
 * by N/A, and so asks "how close to perfect?" on a busy machine and on sibling hyperthreads
 * alike. Overlap compares two times on the same CPU and needs no scale. But where others want
 * that CPU all the time, what computes takes longer there and what waits does not, so work that
 * computes and waits seems to overlap less than it does. The kernel tells: it then takes longer
 * than its CPU time. Where most rounds were so crowded nobody fails, either, unless virtual time
 * says so too.
 *
 * The kernel waits for each of its multiplications, so two of them run at full speed on two
 * hardware threads of one core, and other work does not: there a perfect program that divides or
 * reads memory gets a speedup of 1.2 where A is 2. A virtual machine need not even tell which of
 * its CPUs are such siblings, and may give it others every few seconds. So if the first rounds left
 * the speedup open, each further round also runs the oracle on N CPUs at once, N copies that share
 * nothing: N T_sequential over the time of these is the speedup of the lesson's own work, and A is
 * the smaller of the two.
 *
 * Gate. Rounds in which the machine was disturbed are dropped. The gate looks at the machine's
 * figures only: looking at the submission's times would choose the evidence by its outcome. Where
 * more than half of the rounds were dropped, nobody fails.
 *
 * e-values. For "the submission is good" as the hypothesis to refute - a round falls at or below
 * the fail threshold at most half the time - start with a capital of 1 and bet 80% of it in each
 * round that this round will. The capital is multiplied by 1.8 or by 0.2, so on average it does
 * not grow if the hypothesis holds, and by Ville's inequality it *ever* reaches 10^4 with
 * probability at most 10^-4, however long we go on and whenever we stop. That is what lets us
 * look after every round. 16 straight rounds are the fewest that fail a submission. A pass may
 * be wrong more often: a mistaken pass hurts nobody, so the mirrored bet needs only 20, or the
 * first five rounds all at or above pass.
 *
 * Slow alone. What dawdles on one proc only seems to gain from more. So a round in which T_1 is
 * longer than the overlap's pass threshold allows speaks for no axis, however large its speedup.
 * To bound T_1 over all rounds together would not do: a submission can know from the clock how many
 * rounds there were, and would be quick in some of them and dawdle in the others.
 *
 * A second witness. A submission that also fails in virtual time, which knows no noise, needs a
 * capital of only 18: five straight rounds. A good one does not fail there, whatever its rounds
 * are. Who asks that witness, and when, is measure.c's matter: once the first five rounds have all
 * been bad.
 *
 * Rejected: comparing means (one burst decides), the minimum of each time (T_1 and T_N then come
 * from different states of the machine), a fixed number of rounds (wastes the student's time on
 * clear cases, and is too few for the others). */
#include "verdict.h"

#include "lesson.h"

#define BET 0.8
#define E_FAIL 1e4
#define E_PASS 20.0
#define E_FAIL_CONFIRMED 18.0 /* five straight rounds: 1.8^5 is 18.9 */

/* The gate: limits from measurements on shared two-core machines. Beyond them, single rounds of a
 * perfectly parallel program were off by more than the dead zone is wide. */
#define ACHIEVABLE_SHARE_LEAST 0.85 /* of the best A of this session */
#define SPIN_EXCESS_MOST 1.10       /* of the shortest C_1 of this session */
#define STEAL_MOST 0.02

/* A round in which C_1 took so many times its CPU time is crowded. It took 0.99 to 1.00 times that
 * on a machine where nothing else ran, and 1.9 to 2.0 times beside one program that computes
 * (`spin_one_s` and `spin_one_cpu_s` in the JSON). */
#define CROWDED_LEAST 1.10

/* From so many rounds on, a session of which this share was dropped is given up. As many as the
 * quickest FAIL takes: a machine gets as much patience as a submission. */
#define ROUNDS_PATIENCE 16
#define DROPPED_SHARE_HOPELESS 0.75

/* A of a round, or 0. */
static double speedup_of_machine(const struct evidence *evidence, const struct round *round)
{
    if (round->spin_many == 0)
        return 0;
    double of_kernel = round->spin_one / round->spin_many;
    if (round->sequential_many == 0)
        return of_kernel;
    double of_work = evidence->procs * round->sequential / round->sequential_many;
    return of_work < of_kernel ? of_work : of_kernel;
}

static double shortest_spin(const struct evidence *evidence)
{
    double shortest = 0;
    for (int i = 0; i < evidence->rounds_count; i++) {
        double spin = evidence->rounds[i].spin_one;
        if (spin > 0 && (shortest == 0 || spin < shortest))
            shortest = spin;
    }
    return shortest;
}

/* The best A of the session. Rounds with a slow C_1 would exaggerate it; A cannot exceed N. */
static double best_achievable(const struct evidence *evidence, double longest_spin)
{
    double best = 0;
    for (int i = 0; i < evidence->rounds_count; i++) {
        const struct round *round = &evidence->rounds[i];
        double achievable = speedup_of_machine(evidence, round);
        if (achievable > best && round->spin_one <= longest_spin)
            best = achievable;
    }
    return best < evidence->procs ? best : evidence->procs;
}

bool verdict_round_kept(const struct check *check, const struct evidence *evidence, int index)
{
    const struct round *round = &evidence->rounds[index];
    double longest_spin = SPIN_EXCESS_MOST * shortest_spin(evidence);
    if (round->throttled || round->steal > STEAL_MOST)
        return false;
    if (!check->speedup.set)
        return true; /* waits take as long on a busy machine as on an idle one */
    if (round->spin_one > longest_spin)
        return false;
    double achievable = speedup_of_machine(evidence, round);
    if (achievable == 0)
        return true; /* nothing in this round depends on it */
    /* Scaled by N/A, a program that does not speed up at all must still be seen to fail. */
    double fail = threshold_at(check->speedup.fail, evidence->procs);
    return achievable >= ACHIEVABLE_SHARE_LEAST * best_achievable(evidence, longest_spin) &&
           achievable * fail >= evidence->procs;
}

static bool is_crowded(const struct round *round)
{
    return round->spin_cpu > 0 && round->spin_one > CROWDED_LEAST * round->spin_cpu;
}

/* What a round says on an axis, or 0 if it says nothing. */
static double overlap_in(const struct evidence *evidence, const struct round *round)
{
    (void)evidence;
    return round->one > 0 ? round->sequential / round->one : 0;
}

static double speedup_in(const struct evidence *evidence, const struct round *round)
{
    double achievable = speedup_of_machine(evidence, round);
    if (round->many == 0)
        return 0;
    /* Not measured where the speedup is only reported; more than N is noise in C_1. */
    if (achievable == 0 || achievable > evidence->procs)
        achievable = evidence->procs;
    return round->one / round->many * evidence->procs / achievable;
}

/* Whether the run on one proc was slower than the lesson allows. */
static bool is_slow_alone(const struct check *check, const struct evidence *evidence,
                          const struct round *round)
{
    double overlap = overlap_in(evidence, round);
    return check->overlap.set && overlap > 0 &&
           overlap < threshold_at(check->overlap.pass, evidence->procs);
}

/* Bets on the rounds in the order in which they were measured, until the axis is decided. */
static void decide_axis(struct axis_verdict *axis, const double *values, const bool *slow_alone,
                        int count, double e_fail)
{
    bool straight = true;
    for (int i = 0; i < count && axis->decision == DECISION_UNDECIDED; i++) {
        bool passes = values[i] >= axis->pass && !slow_alone[i], fails = values[i] <= axis->fail;
        axis->e_pass *= passes ? 1 + BET : 1 - BET;
        axis->e_fail *= fails ? 1 + BET : 1 - BET;
        straight = straight && passes;
        if (axis->e_pass >= E_PASS || (straight && i + 1 == ROUNDS_MIN))
            axis->decision = DECISION_PASS;
        else if (axis->e_fail >= e_fail)
            axis->decision = DECISION_FAIL;
    }
}

typedef double axis_value(const struct evidence *evidence, const struct round *round);

static struct axis_verdict judge_axis(const struct check *check, const struct evidence *evidence,
                                      const struct bounds *bounds, axis_value *value_in)
{
    struct axis_verdict axis = {.required = bounds->set, .e_pass = 1, .e_fail = 1};
    double values[ROUNDS_MAX];
    bool slow_alone[ROUNDS_MAX];
    int count = 0;
    for (int i = 0; i < evidence->rounds_count; i++) {
        const struct round *round = &evidence->rounds[i];
        double value = value_in(evidence, round);
        if (value > 0 && verdict_round_kept(check, evidence, i)) {
            slow_alone[count] = is_slow_alone(check, evidence, round);
            values[count++] = value;
        }
    }
    if (bounds->set) {
        axis.pass = threshold_at(bounds->pass, evidence->procs);
        axis.fail = threshold_at(bounds->fail, evidence->procs);
        decide_axis(&axis, values, slow_alone, count,
                    evidence->fails_in_virtual_time ? E_FAIL_CONFIRMED : E_FAIL);
    }
    struct spread spread = spread_of(values, count);
    axis.median = spread.median;
    axis.low = spread.low;
    axis.high = spread.high;
    return axis;
}

static bool undecided(const struct axis_verdict *axis)
{
    return axis->required && axis->decision == DECISION_UNDECIDED;
}

static enum decision decide_shape(const struct shape_verdict *shape,
                                  const struct evidence *evidence)
{
    const struct axis_verdict *overlap = &shape->overlap, *speedup = &shape->speedup;
    int rounds = evidence->rounds_count;
    bool fails = overlap->decision == DECISION_FAIL || speedup->decision == DECISION_FAIL;
    bool crowded = 2 * shape->crowded > shape->kept && !evidence->fails_in_virtual_time;
    if (fails && !crowded &&
        shape->dropped <= shape->kept) /* else it is too busy to fail anybody */
        return DECISION_FAIL;
    if (fails || undecided(overlap) || undecided(speedup)) {
        bool hopeless = rounds >= ROUNDS_PATIENCE &&
                        (shape->dropped + shape->crowded > DROPPED_SHARE_HOPELESS * rounds ||
                         (fails && crowded));
        return hopeless || rounds >= ROUNDS_MAX ? DECISION_INCONCLUSIVE : DECISION_UNDECIDED;
    }
    return speedup->decision == DECISION_INCONCLUSIVE ? DECISION_INCONCLUSIVE : DECISION_PASS;
}

static bool leans(const struct axis_verdict *axis)
{
    return undecided(axis) && axis->e_fail >= E_FAIL_CONFIRMED;
}

bool verdict_leans_to_fail(const struct shape_verdict *shape)
{
    return shape->decision == DECISION_UNDECIDED &&
           (leans(&shape->overlap) || leans(&shape->speedup));
}

/* An axis of a shape that stays open: it did not pass, and must not count as failed. */
static void leave_open(struct axis_verdict *axis)
{
    if (axis->required && axis->decision != DECISION_PASS)
        axis->decision = DECISION_INCONCLUSIVE;
}

static double achievable_median(const struct check *check, const struct evidence *evidence,
                                bool kept)
{
    double values[ROUNDS_MAX];
    int count = 0;
    for (int i = 0; i < evidence->rounds_count; i++) {
        double achievable = speedup_of_machine(evidence, &evidence->rounds[i]);
        if (achievable > 0 && (!kept || verdict_round_kept(check, evidence, i)))
            values[count++] = achievable;
    }
    return spread_of(values, count).median;
}

struct shape_verdict verdict_shape(const struct check *check, const struct evidence *evidence)
{
    struct shape_verdict shape = {
        .overlap = judge_axis(check, evidence, &check->overlap, overlap_in),
        .speedup = judge_axis(check, evidence, &check->speedup, speedup_in),
        .few_cpus = evidence->procs < 2 || evidence->cpus < evidence->procs,
    };
    for (int i = 0; i < evidence->rounds_count; i++) {
        bool kept = verdict_round_kept(check, evidence, i);
        shape.kept += kept;
        shape.crowded += kept && is_crowded(&evidence->rounds[i]);
    }
    shape.dropped = evidence->rounds_count - shape.kept;
    shape.achievable = achievable_median(check, evidence, shape.kept >= shape.dropped);
    if (shape.few_cpus && shape.speedup.required)
        shape.speedup.decision = DECISION_INCONCLUSIVE;
    shape.decision = decide_shape(&shape, evidence);
    if (shape.decision == DECISION_INCONCLUSIVE) {
        leave_open(&shape.overlap);
        leave_open(&shape.speedup);
    }
    return shape;
}

struct spread verdict_figure(const struct check *check, const struct evidence *evidence,
                             size_t figure)
{
    double values[2][ROUNDS_MAX]; /* of dropped and of kept rounds */
    int counts[2] = {0, 0};
    for (int i = 0; i < evidence->rounds_count; i++) {
        double value = *(const double *)((const char *)&evidence->rounds[i] + figure);
        bool kept = verdict_round_kept(check, evidence, i);
        if (value > 0)
            values[kept][counts[kept]++] = value;
    }
    return spread_of(values[counts[1] > 0], counts[counts[1] > 0]);
}
