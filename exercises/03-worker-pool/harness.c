/* harness.c - runs the worker pool of lesson 03 on fresh payments and answers with every signature.
 *
 * Input: `jobs` payments; `work`, the cost of the cheapest payment in thousands of steps;
 * `workers`, the size of the pool, where 0 means one worker for each proc.
 *
 * A signature is the end of a chain of steps, each of which needs the one before, so the only way
 * to it is to walk the chain. The length of the chain depends on the payment: dealing payments out
 * in equal numbers would not deal out equal work. */
#include <stdlib.h>

#include "exercise.h"
#include "pool.h"

/* The dearest payment costs as much as this many of the cheapest. */
#define DEAREST 8

/* The main task, a task that hands out jobs and one that closes a channel, besides the workers. */
#define OTHER_TASKS 3

/* Set before the first call of sign() and only read afterwards. */
static int64_t steps_of_cheapest;
static int64_t most_tasks;

uint64_t sign(uint64_t payment)
{
    int64_t steps = steps_of_cheapest * (int64_t)(1 + payment % DEAREST);
    uint64_t signature = payment;

    limit_tasks(most_tasks);
    for (int64_t i = 0; i < steps; i++)
        signature = (signature ^ (signature >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + payment;
    return signature;
}

/* The arrays are never freed: the tasks of a wrong submission may still use them when this ends. */
void harness(void)
{
    int jobs = (int)input_get("jobs");
    int workers = (int)input_get("workers");
    uint64_t *payments = calloc((size_t)jobs, sizeof *payments);
    uint64_t *signatures = calloc((size_t)jobs, sizeof *signatures);

    if (payments == NULL || signatures == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (workers == 0)
        workers = rt_procs(0);
    steps_of_cheapest = 1000 * input_get("work");
    most_tasks = workers + OTHER_TASKS;
    for (int i = 0; i < jobs; i++)
        payments[i] = input_random();

    sign_all(payments, signatures, jobs, workers);

    for (int i = 0; i < jobs; i++)
        answer_line("payment %3d  signature %016llx", i, (unsigned long long)signatures[i]);
}
