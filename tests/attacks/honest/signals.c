/* signals.c - handles signals, and sends some to itself. */
#include <signal.h>
#include <unistd.h>

#include "honest.h"

static volatile sig_atomic_t count;

static void handle(int number)
{
    (void)number;
    count++;
}

static void main_task(void *unused)
{
    (void)unused;
    struct sigaction action = {.sa_handler = handle};
    sigset_t set, before;
    must(sigaction(SIGUSR1, &action, NULL) == 0 && signal(SIGUSR2, handle) != SIG_ERR, "sigaction");
    must(raise(SIGUSR1) == 0 && kill(getpid(), SIGUSR2) == 0, "raise");
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    must(sigprocmask(SIG_BLOCK, &set, &before) == 0 && raise(SIGUSR1) == 0, "sigprocmask");
    must(sigprocmask(SIG_SETMASK, &before, NULL) == 0, "sigprocmask");
    while (count < 3)
        usleep(100); /* one of them may come to another thread */
    must(signal(SIGPIPE, SIG_IGN) != SIG_ERR, "signal");
}

int main(void)
{
    return run_as_task(main_task);
}
