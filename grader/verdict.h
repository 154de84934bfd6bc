/* verdict.h - decides the shape of a submission from the rounds measured so far. A pure
 * function: the same evidence gives the same verdict, so it is tested on synthetic evidence.
 * Theory in verdict.c. */
#ifndef BARISTA_VERDICT_H
#define BARISTA_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "spread.h"

struct check;

/* One round: fresh processes, measured one after the other in random order. Seconds, from
 * sending the input to receiving the whole answer. A time of 0 was not measured: the round then
 * has no say on the axis that needs it. */
struct round {
    double sequential; /* the oracle on one CPU: T_sequential */
    double one;        /* the submission at procs=1 on one CPU: T_1 */
    double many;       /* the submission at procs=N on N CPUs: T_N; only if N is 2 or more */
    double many_cpu;   /* CPU time that the run at procs=N used, all threads together */
    double spin_one;   /* the calibration kernel on one CPU: C_1 */
    double spin_cpu;   /* CPU time of that: as long as it takes where nobody else wants the CPU */
    double spin_many;  /* the same work spread over N CPUs: C_N; only if a speedup is asked for */
    double sequential_many; /* N oracles at once, each on a CPU of its own: until the last answers;
                               only where the first rounds left the speedup open */
    double steal;   /* share of the CPU time that the hypervisor took away meanwhile, 0..1 */
    bool throttled; /* the control group ran into its CPU quota */
};

#define ROUNDS_MAX 40

struct evidence {
    int procs; /* N */
    int cpus;  /* how many CPUs may be used; fewer than N: procs=N is not measured */
    int rounds_count;
    struct round rounds[ROUNDS_MAX];
    /* On many procs or on as many as here, by the lesson's thresholds. */
    bool fails_in_virtual_time;
};

enum decision { DECISION_UNDECIDED, DECISION_PASS, DECISION_FAIL, DECISION_INCONCLUSIVE };

/* One axis - overlap or speedup - of a shape. */
struct axis_verdict {
    enum decision decision;
    bool required;         /* the lesson sets thresholds for it */
    double median;         /* of the kept rounds; 0 when there are none */
    double low, high;      /* interval of the median, see spread.h */
    double pass, fail;     /* the thresholds, with N put in */
    double e_pass, e_fail; /* e-values against "is below pass" and "is above fail" */
};

struct shape_verdict {
    enum decision decision;      /* fail if one axis fails, pass if all required ones pass */
    struct axis_verdict overlap; /* T_sequential / T_1 */
    struct axis_verdict speedup; /* (T_1/T_N) * N/A: put against what the machine could give */
    int kept, dropped;           /* rounds */
    int crowded;                 /* of the kept: others wanted the CPU all the time */
    double achievable; /* median of A, see verdict.c: of the kept rounds, or of all if most were
                          dropped */
    bool few_cpus;     /* fewer than 2 procs or N CPUs: the speedup does not apply */
};

/* Rounds that the passing axis needs at least: as many as are always measured in full. */
#define ROUNDS_MIN 5

/* Decides. DECISION_UNDECIDED asks for another round; never returned once ROUNDS_MAX are there. */
struct shape_verdict verdict_shape(const struct check *check, const struct evidence *evidence);

/* Whether the rounds so far would be enough to fail it if it failed in virtual time, too. */
bool verdict_leans_to_fail(const struct shape_verdict *shape);

/* Whether a round counts; looks at the machine's figures only, never at the submission's times. */
bool verdict_round_kept(const struct check *check, const struct evidence *evidence, int round);

/* The median of one figure over the kept rounds that measured it (all rounds if none was kept):
 * `figure` is its offset in struct round, for example offsetof(struct round, many). */
struct spread verdict_figure(const struct check *check, const struct evidence *evidence,
                             size_t figure);

#endif
