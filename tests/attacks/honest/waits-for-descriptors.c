/* waits-for-descriptors.c - waits for descriptors with select, poll and epoll. */
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    int event = eventfd(1, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0), all = epoll_create1(0);
    struct itimerspec soon = {.it_value = {.tv_nsec = 1000}};
    struct epoll_event wanted = {.events = EPOLLIN, .data.fd = timer}, got;
    struct pollfd wait = {.fd = event, .events = POLLIN};
    uint64_t value;
    fd_set set;
    FD_ZERO(&set);
    FD_SET(event, &set);
    must(event >= 0 && timer >= 0 && all >= 0, "descriptors");
    must(select(event + 1, &set, NULL, NULL, NULL) == 1 && poll(&wait, 1, -1) == 1, "select");
    must(timerfd_settime(timer, 0, &soon, NULL) == 0, "timerfd_settime");
    must(epoll_ctl(all, EPOLL_CTL_ADD, timer, &wanted) == 0, "epoll_ctl");
    must(epoll_wait(all, &got, 1, -1) == 1 && got.data.fd == timer, "epoll_wait");
    must(read(event, &value, sizeof value) == sizeof value && value == 1, "read");
}

int main(void)
{
    return run_as_task(main_task);
}
