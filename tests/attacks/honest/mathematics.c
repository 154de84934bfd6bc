/* mathematics.c - computes with what -lm has. */
#include <complex.h>
#include <math.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    double sum = 0;
    for (int i = 1; i < 1000; i++)
        sum += sin(i) * sin(i) + cos(i) * cos(i) - 1 + pow(sqrt(i), 2) - i + exp(log(i)) - i;
    must(fabs(sum) < 1e-6, "sum");
    must(cabs(cexp(I * M_PI) + 1) < 1e-12, "cexp");
    must(fabsl(tgammal(5.0L) - 24) < 1e-9L && isnan(NAN) && fmod(7, 4) == 3, "long double");
}

int main(void)
{
    return run_as_task(main_task);
}
