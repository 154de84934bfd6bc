/* harness.c - has one form of a workload run, and answers with what it returned, and on a second
 * line with what it took (spent.h).
 *
 * Input: `concurrent`, 1 for that form and 0 for the sequential one; `steps_per_ms`, how many steps
 * of computing a CPU takes in a millisecond, which the grader measures on this machine
 * (calibrate.h) and fixes in virtual time. */
#include "exercise.h"
#include "spent.h"
#include "workload.h"

static int64_t steps_per_ms;

/* The step of the grader's spin kernel, whose speed is known: each needs the one before, so a CPU
 * cannot take them side by side. */
uint64_t compute(uint64_t seed, int64_t ns)
{
    int64_t steps = ns * steps_per_ms / RT_MS;
    uint64_t x = seed;

    for (int64_t i = 0; i < steps; i++)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return x;
}

void harness(void)
{
    steps_per_ms = input_get("steps_per_ms");
    struct spent spent = spent_now();
    uint64_t sum = input_get("concurrent") ? concurrent() : sequential();

    spent = spent_since(&spent);
    answer_line("%016llx", (unsigned long long)sum);
    answer_line("%lld %lld %lld", (long long)spent.clock_ns, (long long)spent.computed_ns,
                (long long)spent.queued_ns);
}
