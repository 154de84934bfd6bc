/* sleeps.c - sleeps in each of the ways in which a thread can. */
#include <poll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    struct timespec little = {.tv_nsec = 100000};
    struct timeval as_little = {.tv_usec = 100};
    must(usleep(100) == 0 && sleep(0) == 0 && nanosleep(&little, NULL) == 0, "sleep");
    must(clock_nanosleep(CLOCK_MONOTONIC, 0, &little, NULL) == 0, "clock_nanosleep");
    must(poll(NULL, 0, 1) == 0 && select(0, NULL, NULL, NULL, &as_little) == 0, "poll");
    rt_sleep(RT_US);
    rt_yield();
}

int main(void)
{
    return run_as_task(main_task);
}
