/* harness.c - has the submission of lesson 06 add up the sales of a year that is new to it.
 *
 * Input: `sales`, the least number of sales; `spread`, how many more there may be.
 *
 * The number of sales is a prime. So no chunk size divides it, and a submission that forgets the
 * last, shorter chunk is always wrong, not just now and then. What a sale brings is drawn from its
 * number and the year's: sales that are left out, taken twice or made up change the sum. */
#include <inttypes.h>

#include "exercise.h"
#include "takings.h"

/* Items on a receipt. Together they take some 20 ns: more than the loop around them, and less than
 * starting a task. */
#define ITEMS 16

/* The dearest item, in cents. The sum of a graded year goes far beyond 32 bits with it. */
#define PRICE_MAX 9999

/* Set before the first call of cents() and only read afterwards. */
static uint64_t year;
static int64_t sales_count;

uint64_t cents(int64_t sale)
{
    uint64_t item = year ^ (uint64_t)sale, sum = 0;

    if (sale < 0 || sale >= sales_count)
        return 1;
    for (int i = 0; i < ITEMS; i++) {
        item = (item ^ (item >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        sum += (item >> 32) * PRICE_MAX >> 32;
    }
    return sum;
}

static int64_t prime_from(int64_t n)
{
    for (int64_t d = 2; d <= n / d; d++) {
        if (n % d == 0) {
            n++;
            d = 1;
        }
    }
    return n;
}

void harness(void)
{
    int64_t least = input_get("sales");

    year = input_random();
    sales_count = prime_from(input_random_between(least, least + input_get("spread")));
    answer_line("takings of %" PRId64 " sales: %" PRIu64 " cents", sales_count,
                total_takings(sales_count, rt_procs(0)));
}
