/* poller.c - the poller: one epoll set for all descriptors, edge-triggered.
 *
 * Each descriptor is registered once, for reading and writing, and never modified. Edge-triggered
 * means that the kernel reports what has changed, once, to one of the threads that ask; io.c keeps
 * in mind what it was told. So a task that finds its descriptor ready makes no call for it but the
 * read or write itself, and one call here tells of up to BATCH descriptors.
 *
 * Several threads may be in here at a time: an idle worker that waits, busy ones and the monitor
 * that look. A handle may be closed while its event lies in another thread's batch. This is safe
 * because the event carries the handle's value, not a pointer: its generation no longer fits, and
 * io.c drops it.
 *
 * Interrupting. `interrupt_fd` is an eventfd in the set: level-triggered, so that a thread that
 * only looks does not take the interrupt away from the one that waits. It is drained by the waiting
 * thread alone, of which there is one at a time, the one that has the seat (worker.h): so nobody
 * else drains, and an interrupt for it stays until it leaves. */
#include "poller.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "handle.h"
#include "idle.h"
#include "io.h"
#include "lock.h"
#include "worker.h"

/* As many as Go takes: one call for all of a busy server, in 1.5 KiB of the worker's stack. */
#define BATCH 128

/* No open handle has this value: its generation is 0. */
#define INTERRUPT UINT64_C(0)

static rt__lock opening; /* protects opening the three below */
static _Atomic(bool) is_open;
static int epoll_fd, interrupt_fd;

/* ---- Opening and releasing ------------------------------------------------------------------- */

static int open_locked(void)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = INTERRUPT};
    int error;
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_fd < 0) {
        return errno;
    }
    interrupt_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (interrupt_fd < 0) {
        error = errno;
        goto close_epoll;
    }
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, interrupt_fd, &event) != 0) {
        error = errno;
        goto close_interrupt;
    }
    return 0;
close_interrupt:
    close(interrupt_fd);
close_epoll:
    close(epoll_fd);
    return error;
}

int rt__poller_open(void)
{
    if (rt__poller_is_open()) {
        return 0;
    }
    int error = 0;
    rt__lock_acquire(&opening);
    if (!atomic_load_explicit(&is_open, memory_order_relaxed) && (error = open_locked()) == 0) {
        /* release: who sees it open sees the descriptors. */
        atomic_store_explicit(&is_open, true, memory_order_release);
    }
    rt__lock_release(&opening);
    if (error == 0) {
        rt__sentry_kick(); /* it sleeps on its futex */
    }
    return error;
}

bool rt__poller_is_open(void)
{
    return atomic_load_explicit(&is_open, memory_order_acquire);
}

void rt__poller_release(void)
{
    if (rt__poller_is_open()) {
        rt__handle_release_all();
        close(interrupt_fd);
        close(epoll_fd);
        atomic_store_explicit(&is_open, false, memory_order_relaxed);
    }
}

/* ---- What is watched ------------------------------------------------------------------------- */

int rt__poller_add(int fd, rt_io io)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET,
                                .data.u64 = io.bits};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

/* Closing alone would do, if nobody had a duplicate of the descriptor: a child between fork and
 * exec has. */
void rt__poller_remove(int fd)
{
    epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
}

/* A counter for each proc, written by its holder only: one for all would travel between the cores
 * with every message. */
static void count(int64_t change)
{
    _Atomic(int64_t) *counter = &rt__worker()->proc->io_parked;
    int64_t before = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, before + change, memory_order_relaxed);
}

void rt__poller_park_begin(void)
{
    count(1);
}

void rt__poller_park_end(void)
{
    count(-1);
}

/* The sum is exact for the detector of deadlocks: it asks when all procs are idle, and each came
 * there through the scheduler's lock after its last task had counted. For others it is good enough:
 * who looks into the poller in vain, or not this time, looks again. */
int64_t rt__poller_waiting(void)
{
    int64_t waiting = 0;
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int i = 0; i < made; i++) {
        waiting += atomic_load_explicit(&rt__sched.procs_all[i]->io_parked, memory_order_relaxed);
    }
    return waiting;
}

/* ---- Waiting --------------------------------------------------------------------------------- */

/* epoll_wait with a timeout in nanoseconds. Kernels before 5.11 have only milliseconds: later, not
 * sooner. */
static int wait_ns(struct epoll_event *events, int64_t timeout_ns)
{
    if (timeout_ns > 0) {
        struct timespec timeout = {.tv_sec = timeout_ns / RT_SECOND,
                                   .tv_nsec = timeout_ns % RT_SECOND};
        int count = epoll_pwait2(epoll_fd, events, BATCH, &timeout, NULL);
        if (count >= 0 || errno == EINTR) {
            return count;
        }
        int64_t timeout_ms = (timeout_ns + RT_MS - 1) / RT_MS;
        return epoll_wait(epoll_fd, events, BATCH,
                          timeout_ms < INT_MAX ? (int)timeout_ms : INT_MAX);
    }
    return epoll_wait(epoll_fd, events, BATCH, (int)timeout_ns);
}

static uint32_t put_ready(struct rt__ready_tasks ready)
{
    if (ready.count > 0) {
        rt__global_put(ready.first, ready.last, ready.count);
    }
    return ready.count;
}

/* Hands the events to the handles. Says whether the interrupt was among them. */
static bool deliver(const struct epoll_event *events, int count, struct rt__ready_tasks *ready)
{
    bool interrupted = false;
    for (int i = 0; i < count; i++) {
        if (events[i].data.u64 == INTERRUPT) {
            interrupted = true;
        } else {
            rt__io_ready((rt_io){events[i].data.u64}, events[i].events, ready);
        }
    }
    return interrupted;
}

uint32_t rt__poller_look(void)
{
    struct rt__ready_tasks ready = {0};
    struct epoll_event events[BATCH];
    if (rt__poller_is_open()) {
        deliver(events, epoll_wait(epoll_fd, events, BATCH, 0), &ready);
    }
    return put_ready(ready);
}

uint32_t rt__poller_wait(int64_t timeout_ns, const _Atomic(uint32_t) *wakeup)
{
    struct rt__ready_tasks ready = {0};
    struct epoll_event events[BATCH];
    if (atomic_load_explicit(wakeup, memory_order_acquire) == 0 &&
        deliver(events, wait_ns(events, timeout_ns < 0 ? -1 : timeout_ns), &ready)) {
        uint64_t drained;
        (void)!read(interrupt_fd, &drained, sizeof drained);
    }
    return put_ready(ready);
}

void rt__poller_interrupt(void)
{
    uint64_t one = 1;
    (void)!write(interrupt_fd, &one, sizeof one);
}
