/* verdict.h - decides the shape of a submission from the rounds measured so far. A pure function: the
 * same evidence gives the same verdict, so it is tested on synthetic evidence. Theory in verdict.c. */
#ifndef BARISTA_VERDICT_H
#define BARISTA_VERDICT_H

#include <stdbool.h>

struct check;

/* One round: fresh processes, measured one after the other in random order. Seconds, from sending the
 * input to receiving the whole answer. */
struct round {
    double sequential; /* the oracle on one CPU: T_sequential */
    double one;        /* the submission at procs=1 on one CPU: T_1 */
    double many;       /* the submission at procs=N on N CPUs: T_N; 0 when N is 1 */
    double many_cpu;   /* CPU time that the run at procs=N used, all threads together */
    double spin_one;   /* the calibration kernel on one CPU: C_1; 0 when N is 1 */
    double spin_many;  /* the same work spread over N CPUs: C_N; 0 when N is 1 */
    double steal;      /* share of the CPU time that the hypervisor took away meanwhile, 0..1 */
    bool throttled;    /* the control group ran into its CPU quota */
};

#define ROUNDS_MAX 40

struct evidence {
    int procs; /* N */
    int rounds_count;
    struct round rounds[ROUNDS_MAX];
};

enum decision { DECISION_UNDECIDED, DECISION_PASS, DECISION_FAIL, DECISION_INCONCLUSIVE };

/* One axis - overlap or speedup - of a shape. */
struct axis_verdict {
    enum decision decision;
    bool required;        /* the lesson sets thresholds for it */
    double median;        /* of the kept rounds; 0 when there are none */
    double low, high;     /* order-statistic interval of the median, 95% or as near as the rounds allow */
    double pass, fail;    /* the thresholds, with N put in */
    double e_pass, e_fail; /* e-values against "is below pass" and "is above fail" */
};

struct shape_verdict {
    enum decision decision;      /* of the whole: fail if one axis fails, pass if all required pass */
    struct axis_verdict overlap; /* T_sequential / T_1 */
    struct axis_verdict speedup; /* T_1 / T_N, put against what the machine could give: (T_1/T_N) * N/A */
    int kept, dropped;           /* rounds */
    double achievable;           /* median of A = C_1/C_N over the kept rounds */
    bool one_cpu;                /* N is 1: the speedup does not apply */
};

/* Decides. DECISION_UNDECIDED asks for another round; never returned once ROUNDS_MAX are there. */
struct shape_verdict verdict_shape(const struct check *check, const struct evidence *evidence);

/* Whether a round counts; looks at the machine's figures only, never at the submission's times. */
bool verdict_round_kept(const struct evidence *evidence, int round);

#endif
