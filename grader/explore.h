/* explore.h - tries many schedules of a submission, and says what is wrong in any of them
 * (ARCHITECTURE.md, "Other schedulers"). The same seed tries the same schedules on every
 * machine. */
#ifndef BARISTA_EXPLORE_H
#define BARISTA_EXPLORE_H

#include <jansson.h>

#include "build.h"
#include "run.h"

/* What `--schedules` is without saying so: a second or so of an exercise's program. */
#define SCHEDULES_USUAL 2000
#define SCHEDULES_MOST 10000000

/* What programs that are explored are told when they ask for procs: enough for workers to get in
 * each other's way. */
#define EXPLORED_PROCS "2"

/* What to explore. Everything is borrowed. */
struct exploration {
    const struct sandbox *sandbox;
    const struct lesson *lesson;
    const struct build *build; /* BUILD_EXPLORED */
    const struct check *check; /* whose input it gets */
    uint64_t seed;             /* of the input and of the strategies */
    uint64_t schedules;
    const char *submission; /* as the user gave it, or NULL: for the command that shows it again */
};

/* What came of it. */
struct explored {
    enum reason reason; /* REASON_NONE: nothing is wrong in any of those tried */
    bool finished;      /* false: the program had to be stopped, or ended otherwise; see `story` */
    int64_t tried, given_up, steps;
    char *story;      /* owned; for the student: what is wrong, and how it comes to that */
    char *again;      /* owned; the schedule, as `barista replay` takes it; NULL: there is none */
    int64_t switches; /* in it */
    char *answer;     /* owned; of the first schedule that ended well; NULL: none did */
};

/* Explores. Returns false, after a message on `errors`, only when the infrastructure failed. The
 * caller releases it either way. */
bool explore(const struct exploration *exploration, struct explored *explored, FILE *errors);
void explored_release(struct explored *explored);

/* The `schedules` check: explores, and compares the answer with the oracle's. Settles `result`.
 * Returns false, after a message on `errors`, when the infrastructure failed. */
struct trial;
bool schedules_check(const struct trial *trial, const struct submission *submission, uint64_t seed,
                     struct check_result *result, FILE *errors);

json_t *json_explored(const struct exploration *exploration, const struct submission *submission,
                      const struct explored *explored);

#endif
