/* harness.c - asks for a sum, and says what else the exercise code drew and found. */
#include <inttypes.h>

#include "exercise.h"
#include "sum.h"

void harness(void)
{
    int64_t n = input_get("n");
    uint64_t drawn = input_random();
    int64_t between = input_random_between(-1, 1);

    answer_line("sum %" PRId64, sum(n));
    answer_line("drawn %" PRIu64, drawn);
    answer_line("between %s", between >= -1 && between <= 1 ? "yes" : "no");
    if (n == 1000000)
        input_get("nobody_gives_this");
}
