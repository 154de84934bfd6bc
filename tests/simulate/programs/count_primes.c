/* Counts primes by trial division: a task for each of 64 parts of the range. CPU-bound; later parts take
 * longer than earlier ones, but there are enough of them. */
#include "program.h"

#define PARTS 64

struct part {
    int begin, end, primes;
    rt_wait_group *done;
};

static bool is_prime(int n)
{
    if (n < 4) {
        return n > 1;
    }
    if (n % 2 == 0) {
        return false;
    }
    for (int d = 3; d * d <= n; d += 2) {
        if (n % d == 0) {
            return false;
        }
    }
    return true;
}

static void count(void *arg)
{
    struct part *part = arg;
    int primes = 0;
    for (int n = part->begin; n < part->end; n++) {
        primes += is_prime(n);
    }
    part->primes = primes;
    rt_wait_group_done(part->done);
}

uint64_t program(int percent)
{
    struct part parts[PARTS];
    rt_wait_group done = {0};
    int length = 45000 * percent / 100;
    rt_wait_group_add(&done, PARTS);
    for (int i = 0; i < PARTS; i++) {
        parts[i] = (struct part){.begin = i * length, .end = (i + 1) * length, .done = &done};
        rt_go(count, &parts[i]);
    }
    rt_wait_group_wait(&done);
    uint64_t primes = 0;
    for (int i = 0; i < PARTS; i++) {
        primes += (uint64_t)parts[i].primes;
    }
    return primes;
}
