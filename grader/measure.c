/* measure.c - one round after the other, until verdict.c has seen enough.
 *
 * A round takes up to six measurements, one at a time, so that nothing of ours disturbs them,
 * and in random order, so that a machine that grows slower (or a burst in every third slot)
 * favours none. Oracle, procs=1 and procs=N get the same input: the amount of work may depend on
 * it a little. Each round has a new one.
 *
 * What a round leaves out: once the speedup is decided, the run at procs=N and C_N. The first rounds
 * have both, for the report. C_N is left out where no speedup is asked for, too. The oracle is in
 * all rounds: a submission can guess from the clock how many there were, and what was not compared
 * with it would be a place to cheat. Oracles on all CPUs at once are for the rounds after the first,
 * if those left the speedup open. */
#include "measure.h"

#include <stdlib.h>

#include "calibrate.h"
#include "explain.h"
#include "machine.h"
#include "seed.h"

enum part {
    PART_SEQUENTIAL,
    PART_ONE,
    PART_MANY,
    PART_SPIN_ONE,
    PART_SPIN_MANY,
    PART_SEQUENTIAL_MANY,
    PARTS
};

/* What the rounds of one check have in common. */
struct session {
    const struct trial *trial;
    struct check_result *result;
    const struct witness *witness;
    struct spin spin;
    bool parallel; /* there are CPUs enough for procs=N */
    bool asked;    /* the witness */
    uint64_t stream;
    FILE *progress, *errors;
};

/* The round that is being measured. */
struct measuring {
    struct round *round;
    uint64_t seed; /* of the input */
    bool parts[PARTS];
    struct run sequential, one, many;
    bool right; /* false: the submission was wrong, and the result is settled */
};

static bool open_question(const struct axis_verdict *axis)
{
    return axis->required && axis->decision == DECISION_UNDECIDED;
}

static void choose_parts(const struct session *session, bool parts[PARTS])
{
    const struct shape_verdict *shape = &session->result->shape;
    bool full = session->result->evidence.rounds_count < ROUNDS_MIN;
    bool many = session->parallel && (full || open_question(&shape->speedup));
    parts[PART_SEQUENTIAL] = true;
    parts[PART_SEQUENTIAL_MANY] = many && !full;
    parts[PART_ONE] = true;
    parts[PART_MANY] = many;
    parts[PART_SPIN_ONE] = true;
    parts[PART_SPIN_MANY] = many && shape->speedup.required;
}

/* Runs the submission. A run that ended badly has no time worth measuring, and settles the
 * result. */
static bool measure_run(const struct session *session, struct measuring *m, int procs,
                        struct run *run)
{
    if (!trial_submission(session->trial, m->seed, procs, false, run, session->errors))
        return false;
    if (run->reason != REASON_NONE)
        m->right = trial_judge(session->trial, m->seed, procs, false, run, NULL, session->result);
    return true;
}

static bool measure_part(const struct session *session, enum part part, struct measuring *m)
{
    const struct trial *trial = session->trial;
    struct round *round = m->round;
    struct spin_time spin = {0};
    bool ok = false;
    switch (part) {
    case PART_SEQUENTIAL:
        ok = trial_oracle(trial, m->seed, &m->sequential, session->errors);
        round->sequential = m->sequential.seconds;
        return ok;
    case PART_ONE:
        ok = measure_run(session, m, 1, &m->one);
        round->one = m->one.seconds;
        return ok;
    case PART_MANY:
        ok = measure_run(session, m, trial->procs, &m->many);
        round->many = m->many.seconds;
        round->many_cpu = m->many.cpu_seconds;
        return ok;
    case PART_SPIN_ONE:
        ok = calibrate_spin(&session->spin, trial->cpus, 1, &spin, session->errors);
        round->spin_one = spin.seconds;
        round->spin_cpu = spin.cpu;
        return ok;
    case PART_SPIN_MANY:
        ok = calibrate_spin(&session->spin, trial->cpus, trial->procs, &spin, session->errors);
        round->spin_many = spin.seconds;
        return ok;
    case PART_SEQUENTIAL_MANY:
        return trial_oracles(trial, m->seed, &round->sequential_many, session->errors);
    case PARTS:
        break;
    }
    return false;
}

/* Compares all answers of a round. */
static void compare_answers(const struct session *session, struct measuring *m)
{
    const struct trial *trial = session->trial;
    struct check_result *result = session->result;
    m->right = trial_judge(trial, m->seed, 1, false, &m->one, &m->sequential, result);
    if (m->right && m->parts[PART_MANY])
        m->right =
            trial_judge(trial, m->seed, trial->procs, true, &m->many, &m->sequential, result);
}

static bool measure_parts(struct session *session, struct measuring *m)
{
    int order[PARTS];
    seed_shuffle(&session->stream, order, PARTS);
    for (int i = 0; i < PARTS && m->right; i++)
        if (m->parts[order[i]] && !measure_part(session, (enum part)order[i], m))
            return false;
    if (m->right)
        compare_answers(session, m);
    return true;
}

/* Measures one round and adds it to the evidence. *right becomes false when the submission's
 * answer was wrong or did not come. */
static bool measure_round(struct session *session, bool *right)
{
    struct evidence *evidence = &session->result->evidence;
    struct round round = {0};
    struct measuring m = {.round = &round, .right = true, .seed = seed_next(&session->stream)};
    choose_parts(session, m.parts);
    struct machine_sample before = machine_sample_take("", session->trial->cpus);
    bool ok = measure_parts(session, &m);
    struct machine_sample after = machine_sample_take("", session->trial->cpus);
    round.steal = machine_steal(&before, &after);
    round.throttled = machine_throttled(&before, &after);
    *right = m.right;
    if (ok && m.right)
        evidence->rounds[evidence->rounds_count++] = round;
    run_release(&m.sequential);
    run_release(&m.one);
    run_release(&m.many);
    return ok;
}

static void show_progress(const struct session *session)
{
    const struct check_result *result = session->result;
    if (!session->progress)
        return;
    fprintf(session->progress, "\r\033[K measuring: round %d", result->evidence.rounds_count + 1);
    if (result->shape.dropped > 0)
        fprintf(session->progress, ", %d disturbed", result->shape.dropped);
    if (result->shape.overlap.median > 0)
        fprintf(session->progress, ", overlap %.2f", result->shape.overlap.median);
    if (result->shape.speedup.median > 0)
        fprintf(session->progress, ", speedup %.2f", result->shape.speedup.median);
    fflush(session->progress);
}

static void erase_progress(const struct session *session)
{
    if (session->progress) {
        fputs("\r\033[K", session->progress);
        fflush(session->progress);
    }
}

/* Whether an axis is open because its value lies there, and not because its values scatter. */
static bool in_dead_zone(const struct axis_verdict *axis)
{
    return axis->decision == DECISION_INCONCLUSIVE && axis->median > axis->fail &&
           axis->median < axis->pass;
}

enum reason measure_reason(const struct check *check, const struct shape_verdict *shape)
{
    switch (shape->decision) {
    case DECISION_FAIL:
        if (shape->overlap.decision != DECISION_FAIL)
            return REASON_NOT_PARALLEL;
        return check->shape == SHAPE_OVERLAP ? REASON_NOT_OVERLAPPED : REASON_TOO_SLOW_SERIAL;
    case DECISION_INCONCLUSIVE:
        if (shape->few_cpus && shape->speedup.required &&
            shape->overlap.decision != DECISION_INCONCLUSIVE)
            return REASON_ONE_CPU;
        if (shape->dropped > shape->kept ||
            !(in_dead_zone(&shape->overlap) || in_dead_zone(&shape->speedup)))
            return REASON_NOISY_MACHINE;
        return REASON_BORDERLINE;
    default:
        return REASON_NONE;
    }
}

static void settle(struct check_result *result)
{
    static const enum status statuses[] = {
        [DECISION_PASS] = STATUS_PASS,
        [DECISION_FAIL] = STATUS_FAIL,
        [DECISION_INCONCLUSIVE] = STATUS_INCONCLUSIVE,
    };
    result->reason = measure_reason(result->check, &result->shape);
    check_settle(result, statuses[result->shape.decision], result->reason, explain_shape(result));
}

/* Once the rounds say "fail" often enough for one of two witnesses, the other one is asked. */
static void ask_witness(struct session *session)
{
    const struct witness *witness = session->witness;
    struct check_result *result = session->result;
    if (session->asked || !witness->fails || !verdict_leans_to_fail(&result->shape))
        return;
    session->asked = true;
    result->evidence.fails_in_virtual_time = witness->fails(witness->context);
    result->shape = verdict_shape(session->trial->check, &result->evidence);
}

bool measure_shape(const struct trial *trial, uint64_t seed, struct check_result *result,
                   const struct witness *witness, FILE *progress, FILE *errors)
{
    struct session session = {
        .trial = trial,
        .result = result,
        .witness = witness,
        .parallel = trial->procs >= 2 && trial->cpus->count >= trial->procs,
        .spin = calibrate_size(trial->procs),
        .stream = seed,
        .progress = progress,
        .errors = errors,
    };
    result->evidence = (struct evidence){.procs = trial->procs, .cpus = trial->cpus->count};
    result->shape = verdict_shape(trial->check, &result->evidence);
    bool right = true, ok = true;
    while (ok && right && result->shape.decision == DECISION_UNDECIDED) {
        show_progress(&session);
        ok = measure_round(&session, &right);
        result->shape = verdict_shape(trial->check, &result->evidence);
        if (ok && right)
            ask_witness(&session);
    }
    erase_progress(&session);
    if (ok && right)
        settle(result);
    return ok;
}
