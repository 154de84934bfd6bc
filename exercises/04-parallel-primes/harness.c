/* harness.c - has the submission of lesson 04 count the primes of a range that is new to it.
 *
 * Input: `span`, about how many numbers; `shift`, how far from 0 the range may begin at most;
 * `known`, the numbers below it are looked up in a table. With shift=0 the range is that of the
 * primes below `span`, so that span=1000000 gives 78,498.
 *
 * Both ends of the range are primes: the lower one counts, the upper one does not. So a submission
 * that misses the first number, or takes the last one too, is always wrong, not just now and then.
 *
 * The table makes the lower half of the range nearly free: equal parts do not survive that. */
#include <stdlib.h>

#include "exercise.h"
#include "primes.h"

/* Filled before the first call of is_prime() and only read afterwards. composite[i] stands for the
 * odd number 2 i + 1. Never freed: the tasks of a wrong submission may still use it when harness()
 * ends. */
static int known_below;
static unsigned char *composite;

static void fill_table(int below)
{
    composite = calloc((size_t)below / 2 + 1, 1);
    if (composite == NULL)
        exit(EXERCISE_EXIT_LESSON);
    for (int d = 3; d <= below / d; d += 2) {
        if (composite[d / 2])
            continue;
        for (int multiple = d * d / 2; multiple < below / 2; multiple += d)
            composite[multiple] = 1;
    }
    known_below = below;
}

bool is_prime(int n)
{
    if (n <= 2 || n % 2 == 0)
        return n == 2;
    if (n < known_below)
        return !composite[n / 2];
    for (int d = 3; d <= n / d; d += 2) {
        if (n % d == 0)
            return false;
    }
    return true;
}

static int prime_from(int n)
{
    while (!is_prime(n))
        n++;
    return n;
}

void harness(void)
{
    int start = (int)input_random_between(0, input_get("shift"));
    int low, high, length;

    fill_table((int)input_get("known"));
    low = prime_from(start);
    /* Not a round number of numbers: what a division leaves over must hold primes, or nobody misses it. */
    length = (int)(input_get("span") + input_random_between(0, input_get("shift") / 100));
    high = prime_from(start + length);
    answer_line("primes from %d to below %d: %d", low, high, count_primes(low, high, rt_procs(0)));
}
