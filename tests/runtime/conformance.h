/* conformance.h - the table of Go's rules that the runtime keeps: one row for each, in four parts.
 *
 * A row's function runs as the main task and says words. Its outcome is these words, and then what
 * ended the program if it did not end by itself: "panic" (Go) or a misuse (here) is "panic", and
 * all tasks asleep is "deadlock". Each row has the same outcome at every number of procs.
 *
 * conformance/main.go holds the same cases for Go; conformance/compare holds both together. */
#ifndef TESTS_CONFORMANCE_H
#define TESTS_CONFORMANCE_H

struct row {
    const char *name; /* of the function, the same as in conformance/main.go */
    void (*run)(void);
    const char *outcome; /* what Go does */
    const char *rule;    /* in the words of Go's specification and package documents */
};

/* The first two fields. */
#define ROW(run) #run, run

/* Each part ends with a row without a name. */
extern const struct row conformance_of_channels[];
extern const struct row conformance_of_select[];
extern const struct row conformance_of_sync[];
extern const struct row conformance_of_tasks[];

#endif
