/* spread.c - the median with an order-statistic interval.
 *
 * Each measurement lies below the true median with probability 1/2, whatever the distribution: run
 * times have heavy tails, so a mean and a standard deviation would say little. Of n sorted values,
 * the k-th smallest lies above the median only if fewer than k fell below it, which has probability
 * P(Binomial(n, 1/2) < k). The greatest k that keeps this at most 2.5% on either side gives the
 * interval from the k-th smallest to the k-th largest. */
#include "spread.h"

#include <math.h>
#include <stdlib.h>

#define TAIL 0.025

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many values to leave out at either end. */
static int trimmed(int count)
{
    double term = ldexp(1, -count), below = term; /* P(exactly k), P(at most k) for k = 0 */
    int k = 0;
    while (below <= TAIL && k < count / 2) {
        k++;
        term *= (double)(count - k + 1) / k;
        below += term;
    }
    return k > 0 ? k - 1 : 0;
}

struct spread spread_of(double *values, int count)
{
    if (count == 0)
        return (struct spread){0};
    qsort(values, (size_t)count, sizeof *values, compare);
    int trim = trimmed(count);
    return (struct spread){
        .median = (values[(count - 1) / 2] + values[count / 2]) / 2,
        .low = values[trim],
        .high = values[count - 1 - trim],
    };
}
