/* random-numbers.c - draws random numbers, in each of the ways in which one can. */
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    unsigned char bytes[256];
    unsigned seed = (unsigned)time(NULL);
    srand(seed);
    srandom(seed);
    srand48((long)seed);
    must(rand() >= 0 && rand_r(&seed) >= 0 && random() >= 0 && drand48() < 1, "rand");
    must(getrandom(bytes, sizeof bytes, 0) == sizeof bytes, "getrandom");
    must(getentropy(bytes, sizeof bytes) == 0, "getentropy");
}

int main(void)
{
    return run_as_task(main_task);
}
