/* harness.c - puts the stages of lesson 05 together, runs numbers through them, and answers with
 * all that comes out, sorted: which worker was faster must not show.
 *
 * Input: `numbers`, how many; `work`, the cost of the cheapest in thousands of squarings;
 * `workers`, how many squarers, where 0 means one for each proc.
 *
 * A chain of squarings cannot be walked by two tasks together, and each step needs the one before.
 * So a right answer took the work, and a fast one took several workers. */
#include <stdlib.h>

#include "exercise.h"
#include "pipeline.h"

#define MODULUS INT64_C(2147483647)

/* The dearest number costs as much as this many of the cheapest. */
#define DEAREST 4

/* Set before the first stage starts and only read afterwards. */
static int64_t steps_of_cheapest;
static int64_t most_tasks;

int64_t square(int64_t n)
{
    int64_t steps = steps_of_cheapest * (1 + n % DEAREST);
    uint64_t x = (uint64_t)n;

    limit_tasks(most_tasks);
    for (int64_t i = 0; i < steps; i++)
        x = x * x % MODULUS;
    return (int64_t)x;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Runs the pipeline. Stores what comes out, `count` values at most; returns how many came out. */
static int run_pipeline(const int64_t *values, int count, int workers, int64_t *results)
{
    static rt_chan *squares[MAX_WORKERS];
    rt_chan *numbers = generate(values, count);
    rt_chan *all;
    int64_t value;
    int received = 0;

    for (int i = 0; i < workers; i++)
        squares[i] = square_all(numbers);
    all = merge(squares, workers);
    for (; rt_chan_recv(all, &value) == RT_OK; received++) {
        if (received < count)
            results[received] = value;
    }
    return received;
}

/* Neither arrays nor channels are freed: the tasks of a wrong submission may still use them when
 * this ends. */
void harness(void)
{
    int count = (int)input_get("numbers");
    int workers = (int)input_get("workers");
    int64_t *values = calloc((size_t)count, sizeof *values);
    int64_t *results = calloc((size_t)count, sizeof *results);
    int received;

    if (values == NULL || results == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (workers == 0)
        workers = rt_procs(0);
    if (workers > MAX_WORKERS)
        workers = MAX_WORKERS;
    steps_of_cheapest = 1000 * input_get("work");
    most_tasks = 2 * workers + 3;
    for (int i = 0; i < count; i++)
        values[i] = input_random_between(2, MODULUS - 1);

    received = run_pipeline(values, count, workers, results);

    answer_line("%d results", received);
    qsort(results, (size_t)count, sizeof *results, compare);
    for (int i = 0; i < count; i++)
        answer_line("%lld", (long long)results[i]);
}
