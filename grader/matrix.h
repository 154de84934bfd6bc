/* matrix.h - the decision matrix: for each kind of work, how many times as fast tasks are as one
 * thing after the other, on one proc and on several; and whether that is what the course says. */
#ifndef BARISTA_MATRIX_H
#define BARISTA_MATRIX_H

#include "spread.h"
#include "verdict.h"
#include "workload.h"

/* The kinds of work in the matrix: the first four. */
#define MATRIX_ROWS (WORKLOAD_COORDINATION + 1)

enum columns { COLUMN_ONE, COLUMN_MANY, COLUMNS };

enum agreement {
    AGREEMENT_NONE, /* not measured */
    AGREEMENT_YES,
    AGREEMENT_NO,
    AGREEMENT_OPEN /* the measurements scatter too much to tell */
};

/* One kind of work on one number of procs. */
struct matrix_cell {
    struct spread gain; /* T_sequential / T */
    double speedup;     /* T_1 / T */
    enum agreement agreement;
};

struct matrix {
    int procs; /* of COLUMN_MANY; 1: that column is empty */
    struct matrix_cell cells[MATRIX_ROWS][COLUMNS];
    int rounds, dropped; /* how it was measured; 0 in virtual time */
};

/* What the course says: that a gain lies from low to high. */
struct matrix_claim {
    const char *words; /* "much faster" */
    double low, high;
};

struct matrix_claim matrix_claim(int row, enum columns column);

/* Why it is so, in a few words. */
const char *matrix_why(int row);

/* A gain in words: "slower", "same", "faster" or "much faster". */
const char *matrix_words(double gain);

/* The limits between those three, for the legend. */
#define MATRIX_SLOWER 0.9
#define MATRIX_FASTER 1.1
#define MATRIX_MUCH_FASTER 3.0

/* Measures on the first CPUs of `cpus`, as many as `procs`, in rounds until each cell is clear, or
 * for as long as anybody would wait. `progress` (may be NULL) gets a line that is rewritten in
 * place. Returns false after a message on `errors` when the machine has failed. */
bool matrix_measure(const struct cpus *cpus, int procs, uint64_t seed, struct matrix *matrix,
                    FILE *progress, FILE *errors);

/* The same in virtual time, where a run is enough. */
bool matrix_simulate(int procs, struct matrix *matrix, FILE *errors);

/* What the rounds of each kind of work come to. A pure function. */
void matrix_judge(const struct evidence evidence[MATRIX_ROWS], struct matrix *matrix);

/* How many cells are in this state. */
int matrix_count(const struct matrix *matrix, enum agreement agreement);

#endif
