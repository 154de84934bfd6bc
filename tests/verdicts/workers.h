/* workers.h - several processes that take jobs from one queue and count together. */
#ifndef VERDICTS_WORKERS_H
#define VERDICTS_WORKERS_H

#include <stdbool.h>

/* Gradings, by how they ended. */
struct tally {
    int passed, failed, open, trouble;
};

void tally_add(struct tally *sum, const struct tally *tally);

struct team {
    int workers; /* at least one */
    int jobs;    /* 0 .. jobs-1, at most 1000 */
    bool (*begin)(void *context, int worker);
    void (*job)(void *context, int job, struct tally *tally);
    void (*end)(void *context);
    void *context;
};

/* Forks the workers. Each calls `begin`, then `job` for as long as there are any, then `end`; what
 * they change is theirs, but for the tallies: their sum is added to *tally. Blocks until all have
 * ended. The jobs of a worker whose `begin` is false are left to the others; what none of them did
 * is missing in the sum. */
void workers_run(const struct team *team, struct tally *tally);

#endif
