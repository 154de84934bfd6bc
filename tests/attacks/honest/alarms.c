/* alarms.c - has itself woken by timers of the kernel. */
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "honest.h"

static volatile sig_atomic_t count;

static void handle(int number)
{
    (void)number;
    count++;
}

static void pause_a_little(void)
{
    usleep(1000);
}

int main(void)
{
    struct itimerval soon = {.it_value = {.tv_usec = 500}};
    struct itimerspec as_soon = {.it_value = {.tv_nsec = 500000}};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    timer_t timer;
    must(signal(SIGALRM, handle) != SIG_ERR, "signal");
    must(setitimer(ITIMER_REAL, &soon, NULL) == 0, "setitimer");
    while (count < 1)
        pause_a_little();
    must(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer_create");
    must(timer_settime(timer, 0, &as_soon, NULL) == 0, "timer_settime");
    while (count < 2)
        pause_a_little();
    must(timer_delete(timer) == 0 && alarm(0) == 0, "timer_delete");
    return 0;
}
