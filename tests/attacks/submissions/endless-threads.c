/* endless-threads.c - starts threads without end.
 *
 * Expect: thread_limit|timeout|memory_limit|crash|pass
 * Tiers: ABCD */
#include <pthread.h>
#include <unistd.h>

#include "attacked.h"

static void *stay(void *arg)
{
    for (;;)
        pause();
    return arg;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 16384);
    for (int i = 0; i < 20000; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &small, stay, NULL) != 0)
            break;
    }
    solve(numbers, mixed, count);
}
