/* io.c - I/O that blocks the task and not the thread.
 *
 * A handle knows, for reading and for writing, whether its descriptor may be `ready`. An operation
 * makes its system call only if it may be. If the call would block, it is not ready any more, and
 * the task parks until the poller's next event for the descriptor.
 *
 * No readiness is lost, for an operation takes it away *before* its system call:
 *   - what arrived before the call is seen by the call;
 *   - what arrives later makes an event (edge-triggered: each arrival does), and that sets `ready`
 *     again: before the task would park, so it does not; or after, and it is woken.
 * An event that comes late or for nothing leads to one call that would block, and to nothing worse.
 *
 * After a short read. When a read from a TCP connection returns less than there was room for, all
 * that had arrived was taken: the next read parks at once, without a call that would block. That it
 * may, is seen like this. Let t be the moment of the read, under the kernel's lock of the socket.
 *   - Whatever arrives after t makes an event after t.
 *   - Of what arrived before t, the read took all data - up to an end (FIN), an error, or a mark of
 *     urgent data; there it stops, and no event will come for those after t. But one came with
 *     their arrival, and has EPOLLRDHUP, EPOLLERR or EPOLLPRI in it, for events show the state in
 *     which they are fetched. If it has been delivered by the end of the operation, then the handle
 *     is `suspect`: short reads mean nothing from then on. If it has not, it still will be, and
 *     makes the handle ready.
 * EPOLLHUP does not count: a socket that is not yet connected has it, and with an end comes
 * EPOLLRDHUP too. Of other descriptors this is not true: a read from a Unix socket stops after a
 * message with descriptors in it, one from a pipe after a packet, whatever else has arrived. They
 * are read until they would block. Nor is a short write the end: one more call, which would block,
 * obliges the kernel to tell of room.
 *
 * Invariants, whenever a handle's lock is free:
 *   - a task is parked for a direction only while that is not ready and the handle is open;
 *   - once the handle is closed, its descriptor is open only as long as system calls are under way
 *     on it. Its number may belong to somebody else afterwards.
 * Lock order: handle -> timer heap, handle -> group (canceling). The poller holds no lock but its
 * seat. */
#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "group.h"
#include "report.h"
#include "scheduler.h"

/* ---- Errors ---------------------------------------------------------------------------------- */

/* The address of errno is asked for anew: the task may have changed threads (thread.h). */
int rt__io_fail(int error)
{
    *rt__errno_location() = error;
    switch (error) {
    case EMFILE:
    case ENFILE:
        return RT_EMFILE;
    case ENOMEM:
    case ENOBUFS:
    case ENOSPC: /* epoll: the user's limit of watched descriptors */
        return RT_ENOMEM;
    case EAGAIN:
        return RT_EAGAIN;
    case EBADF:
    case EINVAL:
    case EPERM: /* epoll: a file, which is always ready */
    case EEXIST:
    case ENOTSOCK:
        return RT_EINVAL;
    default:
        return RT_EIO;
    }
}

/* ---- Waiting --------------------------------------------------------------------------------- */

/* A task that is parked for I/O: it lies in its frame. */
struct parked {
    struct rt__waiter waiter;
    rt__lock *lock; /* of the handle */
    struct rt__cancel_point point;
    struct rt__timer timer;
    bool timed, timed_out;
};

static void fire(struct rt__timer *timer)
{
    struct parked *parked =
        (struct parked *)(void *)((char *)timer - offsetof(struct parked, timer));
    struct rt__task *task = parked->waiter.task;
    if (rt__claim(task, NULL)) {
        parked->timed_out = true;
        rt__ready_last(task);
    }
}

/* The lock goes last: whoever wakes the task, it can't pass the lock, and so *parked stays. */
static void commit(void *context)
{
    struct parked *parked = context;
    rt__lock *lock = parked->lock;
    if (parked->waiter.task->group != NULL) {
        rt__cancel_point_enter(&parked->point);
    }
    if (parked->timed) {
        rt__timer_arm(&parked->timer);
    }
    rt__lock_release(lock);
}

/* Parks until the side may be ready, its deadline is due or has changed, or the handle is closed;
 * which of these, the caller sees for itself. RT_OK or RT_ECANCELED. Enters and leaves with the
 * handle locked. */
static int park_locked(struct rt__handle *handle, const struct rt__io_call *call)
{
    struct rt__task *self = rt__self();
    struct rt__side *side = &handle->sides[call->direction];
    struct parked parked = {.waiter = {.task = self},
                            .lock = &handle->lock,
                            .point = {.task = self},
                            .timer = {.when_ns = side->deadline_ns, .fire = fire},
                            .timed = side->deadline_ns >= 0};
    parked.waiter.contested = parked.timed || self->group != NULL;
    /* relaxed: nobody looks at the claim before the commit. */
    atomic_store_explicit(&self->claim, RT__CLAIM_OPEN, memory_order_relaxed);
    rt__wait_list_append(&side->waiters, &parked.waiter);
    rt__poller_park_begin();
    rt__park(commit, &parked, call->wait, handle, call->here);
    rt__poller_park_end();
    rt__lock_acquire(&handle->lock);
    if (!parked.waiter.contested) {
        return RT_OK;
    }
    if (parked.waiter.listed) {
        rt__wait_list_remove(&side->waiters, &parked.waiter);
    }
    if (parked.timed) {
        rt__timer_cancel(&parked.timer);
    }
    if (self->group != NULL) {
        rt__cancel_point_leave(&parked.point);
    }
    return self->woken_by == NULL && !parked.timed_out ? RT_ECANCELED : RT_OK;
}

/* Takes the task that is parked, if there is one. */
static void take_parked_locked(struct rt__side *side, struct rt__ready_tasks *ready)
{
    struct rt__waiter *waiter = rt__wait_list_pop(&side->waiters);
    if (waiter != NULL) {
        struct rt__task *task = waiter->task;
        task->state = RT__TASK_RUNNABLE;
        task->link = NULL;
        *(ready->last != NULL ? &ready->last->link : &ready->first) = task;
        ready->last = task;
        ready->count++;
    }
}

void rt__io_ready(rt_io io, uint32_t events, struct rt__ready_tasks *ready)
{
    struct rt__handle *handle = rt__handle_lock(io);
    if (handle == NULL) {
        return; /* it was closed while the event was on its way */
    }
    if (events & (EPOLLRDHUP | EPOLLERR | EPOLLPRI)) {
        handle->suspect = true;
    }
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLERR | EPOLLPRI | EPOLLHUP)) {
        handle->sides[RT__READ].ready = true;
        take_parked_locked(&handle->sides[RT__READ], ready);
    }
    if (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) {
        handle->sides[RT__WRITE].ready = true;
        take_parked_locked(&handle->sides[RT__WRITE], ready);
    }
    rt__lock_release(&handle->lock);
}

/* ---- Performing an operation ----------------------------------------------------------------- */

/* One task at a time in each direction: two readers would tear the stream between them. */
static void use_locked(struct rt__side *side, const struct rt__io_call *call)
{
    if (side->used_at != NULL) {
        rt__misuse(call->here,
                   "%s of `%s`, which task %llu is in the middle of %s, since %s. One task at a "
                   "time may read, and one write",
                   call->name, rt__site_object(call->here), (unsigned long long)side->used_by,
                   call->direction == RT__READ ? "reading" : "writing", side->used_at);
    }
    side->used_at = call->here;
    side->used_by = rt__self()->id;
}

/* Waits until a system call may find something to do, and takes that readiness. */
static int take_ready_locked(struct rt__handle *handle, rt_io io, const struct rt__io_call *call)
{
    struct rt__side *side = &handle->sides[call->direction];
    for (;;) {
        if (!rt__handle_is(handle, io)) {
            return RT_ECLOSED;
        }
        if (side->deadline_ns >= 0 && side->deadline_ns <= rt_now()) {
            return RT_ETIMEDOUT;
        }
        if (side->ready) {
            side->ready = false;
            return RT_OK;
        }
        if (park_locked(handle, call) == RT_ECANCELED) {
            return RT_ECANCELED;
        }
    }
}

/* Makes the system call, unlocked. Says whether the operation is done. */
static bool attempt_locked(struct rt__handle *handle, rt_io io, struct rt__io_call *call)
{
    int fd = handle->fd;
    call->kind = handle->kind;
    handle->calls++;
    rt__lock_release(&handle->lock);
    bool done = call->attempt(call, fd);
    rt__lock_acquire(&handle->lock);
    handle->calls--;
    bool drained = call->drained && call->kind == RT__IO_STREAM && !handle->suspect;
    if (done && !drained && rt__handle_is(handle, io)) {
        handle->sides[call->direction].ready = true;
    }
    return done;
}

/* Unlocks. Closes the descriptor if the handle is closed and this was the last to use it. */
static void leave_locked(struct rt__handle *handle)
{
    int fd = -1;
    if (handle->generation == 0 && handle->calls == 0) {
        fd = handle->fd;
        handle->fd = -1;
    }
    rt__lock_release(&handle->lock);
    if (fd >= 0) {
        rt__poller_remove(fd);
        close(fd);
        rt__handle_free(handle);
    }
}

int64_t rt__io_perform(rt_io io, struct rt__io_call *call)
{
    struct rt__handle *handle = rt__handle_lock(io);
    if (handle == NULL) {
        return RT_ECLOSED;
    }
    struct rt__side *side = &handle->sides[call->direction];
    use_locked(side, call);
    int status;
    do {
        status = take_ready_locked(handle, io, call);
    } while (status == RT_OK && !attempt_locked(handle, io, call));
    if (rt__handle_is(handle, io)) {
        side->used_at = NULL;
    }
    leave_locked(handle);
    if (status != RT_OK) {
        return status;
    }
    return call->result >= 0 ? call->result : rt__io_fail((int)-call->result);
}

/* ---- Reading and writing --------------------------------------------------------------------- */

struct transfer {
    struct rt__io_call call;
    char *buffer;
    size_t size, done;
};

static bool attempt_read(struct rt__io_call *call, int fd)
{
    struct transfer *transfer = (struct transfer *)call;
    ssize_t count;
    do {
        count = call->kind == RT__IO_FILE ? read(fd, transfer->buffer, transfer->size)
                                          : recv(fd, transfer->buffer, transfer->size, 0);
    } while (count < 0 && errno == EINTR);
    call->result = count >= 0 ? count : -errno;
    call->drained = count > 0 && (size_t)count < transfer->size;
    return call->result != -EAGAIN;
}

/* A write to a pipe that nobody reads raises SIGPIPE, which would end the program, and which no
 * flag keeps away as MSG_NOSIGNAL does for sockets. It goes to this thread: so it is blocked, and
 * then taken. */
static ssize_t write_without_signal(int fd, const void *buffer, size_t size)
{
    sigset_t pipe_signal, before;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    ssize_t count = write(fd, buffer, size);
    int error = errno;
    if (count < 0 && error == EPIPE) {
        sigtimedwait(&pipe_signal, NULL, &(struct timespec){0});
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return count;
}

static bool attempt_write(struct rt__io_call *call, int fd)
{
    struct transfer *transfer = (struct transfer *)call;
    while (transfer->done < transfer->size) {
        const char *rest = transfer->buffer + transfer->done;
        size_t size = transfer->size - transfer->done;
        ssize_t count = call->kind == RT__IO_FILE ? write_without_signal(fd, rest, size)
                                                  : send(fd, rest, size, MSG_NOSIGNAL);
        if (count >= 0) {
            transfer->done += (size_t)count;
        } else if (errno != EINTR) {
            call->result = -errno;
            return call->result != -EAGAIN;
        }
    }
    call->result = RT_OK;
    return true;
}

int64_t rt_io_read_at(rt_io io, void *buffer, size_t size, rt_site here)
{
    struct transfer transfer = {.call = {.attempt = attempt_read,
                                         .direction = RT__READ,
                                         .wait = RT__WAIT_READ,
                                         .name = "rt_io_read",
                                         .here = here},
                                .buffer = buffer,
                                .size = size};
    rt__call_begin("rt_io_read", here);
    int64_t result = size > 0 ? rt__io_perform(io, &transfer.call) : 0;
    rt__call_end();
    return result;
}

int rt_io_write_at(rt_io io, const void *buffer, size_t size, rt_site here)
{
    struct transfer transfer = {.call = {.attempt = attempt_write,
                                         .direction = RT__WRITE,
                                         .wait = RT__WAIT_WRITE,
                                         .name = "rt_io_write",
                                         .here = here},
                                .buffer = (char *)(uintptr_t)buffer,
                                .size = size};
    rt__call_begin("rt_io_write", here);
    int result = size > 0 ? (int)rt__io_perform(io, &transfer.call) : RT_OK;
    rt__call_end();
    return result;
}

/* ---- Making, deadlines, closing -------------------------------------------------------------- */

int rt__io_register(int fd, enum rt__io_kind kind, rt_io *io)
{
    int error = rt__poller_open();
    if (error != 0) {
        return error;
    }
    struct rt__handle *handle = rt__handle_new(fd, kind, io);
    if (handle == NULL) {
        return ENOMEM;
    }
    error = rt__poller_add(fd, *io);
    if (error != 0) {
        rt__lock_acquire(&handle->lock);
        handle->generation = 0;
        handle->fd = -1;
        rt__lock_release(&handle->lock);
        rt__handle_free(handle);
    }
    return error;
}

static enum rt__io_kind kind_of(int fd)
{
    int domain, protocol;
    socklen_t size = sizeof(int);
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0) {
        return RT__IO_FILE;
    }
    size = sizeof(int);
    bool is_tcp = (domain == AF_INET || domain == AF_INET6) &&
                  getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) == 0 &&
                  protocol == IPPROTO_TCP;
    return is_tcp ? RT__IO_STREAM : RT__IO_SOCKET;
}

int rt_io_new_at(int fd, rt_io *io, rt_site here)
{
    rt__call_begin("rt_io_new", here);
    int error = rt__io_register(fd, kind_of(fd), io);
    int status = RT_OK;
    if (error == 0) {
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    } else {
        status = rt__io_fail(error);
    }
    rt__call_end();
    return status;
}

int rt_io_fd_at(rt_io io, rt_site here)
{
    rt__call_begin("rt_io_fd", here);
    struct rt__handle *handle = rt__handle_lock(io);
    int fd = RT_ECLOSED;
    if (handle != NULL) {
        fd = handle->fd;
        rt__lock_release(&handle->lock);
    }
    rt__call_end();
    return fd;
}

/* Takes the tasks that are parked on either side; they will see for themselves why. */
static struct rt__task *take_both_locked(struct rt__handle *handle)
{
    struct rt__ready_tasks woken = {0};
    take_parked_locked(&handle->sides[RT__READ], &woken);
    take_parked_locked(&handle->sides[RT__WRITE], &woken);
    return woken.first;
}

int rt_io_deadline_at(rt_io io, int64_t read_ns, int64_t write_ns, rt_site here)
{
    rt__call_begin("rt_io_deadline", here);
    struct rt__task *woken = NULL;
    struct rt__handle *handle = rt__handle_lock(io);
    if (handle != NULL) {
        handle->sides[RT__READ].deadline_ns = read_ns;
        handle->sides[RT__WRITE].deadline_ns = write_ns;
        woken = take_both_locked(handle);
        rt__lock_release(&handle->lock);
    }
    rt__ready_list(woken);
    rt__call_end();
    return handle != NULL ? RT_OK : RT_ECLOSED;
}

int rt_io_close_at(rt_io io, rt_site here)
{
    rt__call_begin("rt_io_close", here);
    struct rt__task *woken = NULL;
    struct rt__handle *handle = rt__handle_lock(io);
    if (handle != NULL) {
        handle->generation = 0;
        woken = take_both_locked(handle);
        leave_locked(handle);
    }
    rt__ready_list(woken);
    rt__call_end();
    return handle != NULL ? RT_OK : RT_ECLOSED;
}
