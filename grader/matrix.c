/* matrix.c - measures the decision matrix, and holds it against the course.
 *
 * A round takes each kind of work three times, one after the other and in random order: in
 * sequence, as tasks on one proc, and as tasks on several. What other programs do to a run is taken
 * out of its time as far as the kernel knows of it (undisturbed.h); and what slows the machine down
 * for a while slows all three, so that their ratios, of which the median over all rounds is shown,
 * hardly notice. A round in which the machine itself was held up, by its host or its quota, is left
 * out, by the same rule as in a grading (verdict.c).
 *
 * A cell agrees with the course if all of the interval in which its median lies is where the course
 * says, and disagrees if none of it is. Else it stays open, and another round is measured. */
#include "matrix.h"

#include <math.h>
#include <string.h>

#include "calibrate.h"
#include "clock.h"
#include "lesson.h"
#include "machine.h"
#include "seed.h"

/* From the least to the greatest of seven values, the median lies in between with 98%. */
#define ROUNDS_LEAST 7
/* A round takes a second and a half, or several on a busy machine. Nobody waits for more than so
 * many, nor for so long once the least are there. */
#define ROUNDS_PATIENCE 15
#define SECONDS_PATIENCE 30

static const struct {
    struct matrix_claim claims[COLUMNS];
    const char *why;
} course[MATRIX_ROWS] = {
    [WORKLOAD_IO_BOUND] = {{{"much faster", MATRIX_MUCH_FASTER, INFINITY},
                            {"much faster", MATRIX_MUCH_FASTER, INFINITY}},
                           "waits overlap, and for that one proc is enough"},
    [WORKLOAD_CPU_BOUND] = {{{"same or slower", 0, MATRIX_FASTER},
                             {"faster", MATRIX_FASTER, INFINITY}},
                            "nothing waits: only more procs do more at a time"},
    [WORKLOAD_MIXED] = {{{"somewhat faster", MATRIX_FASTER, MATRIX_MUCH_FASTER},
                         {"much faster", MATRIX_MUCH_FASTER, INFINITY}},
                        "waits overlap with computing, which procs share"},
    [WORKLOAD_COORDINATION] = {{{"slower", 0, MATRIX_SLOWER}, {"slower", 0, MATRIX_SLOWER}},
                               "agreeing on who is next takes longer than the work"},
};

struct matrix_claim matrix_claim(int row, enum columns column)
{
    return course[row].claims[column];
}

const char *matrix_why(int row)
{
    return course[row].why;
}

const char *matrix_words(double gain)
{
    if (gain < MATRIX_SLOWER)
        return "slower";
    if (gain < MATRIX_FASTER)
        return "same";
    return gain < MATRIX_MUCH_FASTER ? "faster" : "much faster";
}

int matrix_count(const struct matrix *matrix, enum agreement agreement)
{
    int count = 0;
    for (int row = 0; row < MATRIX_ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            count += matrix->cells[row][column].agreement == agreement;
    return count;
}

/* ---- Judging --------------------------------------------------------------------------------- */

/* For the rule that leaves rounds out. That one asks for nothing but a machine which was not held
 * up: times are undisturbed by other programs. */
static const struct check any = {0};

static enum agreement agreement_of(const struct spread *gain, struct matrix_claim claim)
{
    if (gain->low >= claim.low && gain->high <= claim.high)
        return AGREEMENT_YES;
    return gain->high < claim.low || gain->low > claim.high ? AGREEMENT_NO : AGREEMENT_OPEN;
}

/* The gains and speedups of the rounds that count, or of all; returns how many. */
static int gather(const struct evidence *evidence, enum columns column, bool all, double gains[],
                  double speedups[])
{
    int count = 0;
    for (int i = 0; i < evidence->rounds_count; i++) {
        const struct round *round = &evidence->rounds[i];
        double seconds = column == COLUMN_ONE ? round->one : round->many;
        if (seconds <= 0 || !(all || verdict_round_kept(&any, evidence, i)))
            continue;
        gains[count] = round->sequential / seconds;
        speedups[count] = round->one / seconds;
        count++;
    }
    return count;
}

/* Where no round counts, what was measured is shown all the same, and decides nothing. */
static struct matrix_cell judge_cell(const struct evidence *evidence, int row, enum columns column)
{
    double gains[ROUNDS_MAX], speedups[ROUNDS_MAX];
    int kept = gather(evidence, column, false, gains, speedups);
    int count = kept > 0 ? kept : gather(evidence, column, true, gains, speedups);
    struct matrix_cell cell = {.gain = spread_of(gains, count),
                               .speedup = spread_of(speedups, count).median};
    if (count > 0)
        cell.agreement =
            kept > 0 ? agreement_of(&cell.gain, matrix_claim(row, column)) : AGREEMENT_OPEN;
    return cell;
}

/* Each kind of work has as many rounds; which of them are left out may differ. */
static void count_rounds(const struct evidence evidence[MATRIX_ROWS], struct matrix *matrix)
{
    matrix->rounds = evidence[0].rounds_count;
    matrix->dropped = 0;
    for (int row = 0; row < MATRIX_ROWS; row++) {
        int dropped = 0;
        for (int i = 0; i < evidence[row].rounds_count; i++)
            dropped += !verdict_round_kept(&any, &evidence[row], i);
        matrix->dropped = dropped > matrix->dropped ? dropped : matrix->dropped;
    }
}

void matrix_judge(const struct evidence evidence[MATRIX_ROWS], struct matrix *matrix)
{
    matrix->procs = evidence[0].procs;
    count_rounds(evidence, matrix);
    for (int row = 0; row < MATRIX_ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            matrix->cells[row][column] = judge_cell(&evidence[row], row, (enum columns)column);
}

/* ---- Measuring ------------------------------------------------------------------------------- */

enum part { PART_SEQUENTIAL, PART_ONE, PART_MANY, PARTS };

struct session {
    const struct cpus *cpus;
    int procs;
    double speed;
    uint64_t stream;
    struct evidence evidence[MATRIX_ROWS];
    FILE *errors;
};

/* What both forms return has to be the same: else one of them does not do the work. */
static bool same_sum(enum workload workload, const struct workload_run *a,
                     const struct workload_run *b, FILE *errors)
{
    if (strcmp(a->sum, b->sum) == 0)
        return true;
    fprintf(errors, "barista: %s: one after the other gives %s, and tasks give %s\n",
            workload_words(workload), a->sum, b->sum);
    return false;
}

static bool measure_row(struct session *session, int row, struct round *round)
{
    struct workload_run runs[PARTS] = {0};
    int order[PARTS];
    seed_shuffle(&session->stream, order, PARTS);
    for (int i = 0; i < PARTS; i++) {
        int part = order[i];
        if (part == PART_MANY && session->procs == 1)
            continue;
        enum form form = part == PART_SEQUENTIAL ? FORM_SEQUENTIAL : FORM_CONCURRENT;
        int procs = part == PART_MANY ? session->procs : 1;
        if (!workload_measure((enum workload)row, form, procs, session->cpus, session->speed,
                              &runs[part], session->errors))
            return false;
    }
    round->sequential = runs[PART_SEQUENTIAL].seconds;
    round->one = runs[PART_ONE].seconds;
    round->many = runs[PART_MANY].seconds;
    return same_sum((enum workload)row, &runs[PART_SEQUENTIAL], &runs[PART_ONE], session->errors) &&
           (session->procs == 1 || same_sum((enum workload)row, &runs[PART_SEQUENTIAL],
                                            &runs[PART_MANY], session->errors));
}

static bool measure_round(struct session *session)
{
    for (int row = 0; row < MATRIX_ROWS; row++) {
        struct evidence *evidence = &session->evidence[row];
        struct round round = {0};
        struct machine_sample before = machine_sample_take("", session->cpus);
        if (!measure_row(session, row, &round))
            return false;
        struct machine_sample after = machine_sample_take("", session->cpus);
        round.steal = machine_steal(&before, &after);
        round.throttled = machine_throttled(&before, &after);
        evidence->rounds[evidence->rounds_count++] = round;
    }
    return true;
}

static bool is_clear(const struct matrix *matrix)
{
    int cells = MATRIX_ROWS * (matrix->procs > 1 ? COLUMNS : 1);
    return matrix_count(matrix, AGREEMENT_YES) + matrix_count(matrix, AGREEMENT_NO) == cells;
}

static void show_progress(FILE *progress, int round)
{
    if (!progress)
        return;
    fputs("\r\033[K", progress);
    if (round > 0)
        fprintf(progress, " measuring: round %d", round);
    fflush(progress);
}

bool matrix_measure(const struct cpus *cpus, int procs, uint64_t seed, struct matrix *matrix,
                    FILE *progress, FILE *errors)
{
    struct session session = {
        .cpus = cpus,
        .procs = procs,
        .speed = calibrate_speed(),
        .stream = seed,
        .errors = errors,
    };
    for (int row = 0; row < MATRIX_ROWS; row++)
        session.evidence[row] = (struct evidence){.procs = procs, .cpus = cpus->count};
    *matrix = (struct matrix){.procs = procs};
    double started = clock_seconds();
    bool ok = true, done = false;
    for (int round = 1; ok && !done; round++) {
        show_progress(progress, round);
        ok = measure_round(&session);
        matrix_judge(session.evidence, matrix);
        bool patient = round < ROUNDS_PATIENCE && clock_seconds() - started < SECONDS_PATIENCE;
        done = round >= ROUNDS_LEAST && (is_clear(matrix) || !patient);
    }
    show_progress(progress, 0);
    return ok;
}

/* ---- In virtual time ------------------------------------------------------------------------- */

bool matrix_simulate(int procs, struct matrix *matrix, FILE *errors)
{
    struct evidence evidence[MATRIX_ROWS] = {0};
    for (int row = 0; row < MATRIX_ROWS; row++) {
        enum workload workload = (enum workload)row;
        struct workload_run sequential, one, many;
        if (!workload_simulate(workload, FORM_SEQUENTIAL, 1, &sequential, errors) ||
            !workload_simulate(workload, FORM_CONCURRENT, 1, &one, errors) ||
            !workload_simulate(workload, FORM_CONCURRENT, procs, &many, errors) ||
            !same_sum(workload, &sequential, &one, errors) ||
            !same_sum(workload, &sequential, &many, errors))
            return false;
        evidence[row] = (struct evidence){.procs = procs, .rounds_count = 1};
        evidence[row].rounds[0] = (struct round){
            .sequential = sequential.seconds, .one = one.seconds, .many = many.seconds};
    }
    *matrix = (struct matrix){.procs = procs};
    matrix_judge(evidence, matrix);
    matrix->rounds = 0;
    return true;
}
