/* rt.h - the one public header of the Barista runtime: tasks, channels, select, locks and sleep.
 *
 * A *task* is a function that runs concurrently with others (Go calls it a goroutine). Tasks run on
 * *procs*: a proc is the right to run one task at a time, so `procs` is how many tasks can run in
 * parallel. Tasks are cheap - hundreds of nanoseconds and about 4 KiB each - so make one for each
 * thing that can go on independently, and let the runtime spread them over the procs.
 *
 * Semantics are those of the Go language, chapter and verse in each comment; where C forces a
 * difference, the comment says so.
 *
 * Three kinds of failure, told apart everywhere:
 *   - what the environment or another task did (no memory, channel closed, time ran out):
 *     a negative RT_E... code that the caller handles; rt_strerror() gives its text;
 *   - what the calling code got wrong (send on a closed channel, unlock of an unlocked mutex; a
 *     panic in Go): a report on standard error that names the task, the file and the line, and
 *     exit with status RT_EXIT_MISUSE. An ignored error code would lose values silently;
 *   - what can never go on (all tasks asleep, stack overflow): a report, and an exit status of
 *     its own from the list below.
 *
 * Times are int64_t nanoseconds; multiply with RT_US, RT_MS, RT_SECOND. "Blocks" means: blocks the
 * calling task; its proc runs other tasks meanwhile. Functions that take a channel, a lock or a
 * time must be called from a task (inside rt_run) unless the comment says otherwise.
 *
 * Many functions are macros over a function of the same name with `_at` appended, which takes the
 * place of the call as its last argument. Reports use it. Call the short form. */
#ifndef RT_H
#define RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors and exit statuses ---------------------------------------------------------------- */

/* Every error code of the runtime: X(name, value, text). */
#define RT_ERRORS(X)                                                                               \
    X(RT_OK, 0, "success")                                                                         \
    X(RT_ENOMEM, -1, "out of memory")                                                              \
    X(RT_ECLOSED, -2, "it is closed")                                                              \
    X(RT_EAGAIN, -3, "would block")                                                                \
    X(RT_ETIMEDOUT, -4, "the time ran out")                                                        \
    X(RT_EINVAL, -5, "invalid argument")                                                           \
    X(RT_EBUSY, -6, "the runtime is already running")                                              \
    X(RT_ECANCELED, -7, "the task's group was canceled")                                           \
    X(RT_EMFILE, -8, "out of descriptors")                                                         \
    X(RT_EIO, -9, "the operating system reports an error: errno tells which")

enum rt_error {
#define RT_ERROR_ENUM(name, value, text) name = (value),
    RT_ERRORS(RT_ERROR_ENUM)
#undef RT_ERROR_ENUM
};

/* The text of an error code: a constant string, never NULL. Callable from anywhere. */
const char *rt_strerror(int code);

/* Exit statuses of a program that the runtime itself had to stop. */
enum rt_exit {
    RT_EXIT_DEADLOCK = 101, /* all tasks are asleep and nothing can wake one */
    RT_EXIT_MISUSE = 102,   /* the program called the runtime wrongly; the report says where */
    RT_EXIT_OVERFLOW = 103, /* a task overflowed its stack */
    RT_EXIT_LEAK = 104,     /* RT_LEAKS=1, and tasks were blocked for ever when main ended */
    RT_EXIT_NOMEM = 105     /* no memory for a stack where no caller can be told */
};

/* ---- Places and times ------------------------------------------------------------------------ */

/* A place in the source: a string literal "file:line", a NUL, then the text of the object that the
 * call is about (for example the mutex expression; may be empty). One literal, so that recording a
 * place costs a pointer. */
typedef const char *rt_site;

#define RT_STRING_(x) #x
#define RT_STRING(x) RT_STRING_(x)
#define RT_HERE __FILE__ ":" RT_STRING(__LINE__) "\0"
#define RT_HERE_OF(object) __FILE__ ":" RT_STRING(__LINE__) "\0" object

#define RT_US INT64_C(1000)
#define RT_MS INT64_C(1000000)
#define RT_SECOND INT64_C(1000000000)

/* Nanoseconds on a clock that never goes back; its zero means nothing. Callable from anywhere. */
int64_t rt_now(void);

/* ---- Start ----------------------------------------------------------------------------------- */

/* Runs `main_fn(arg)` as the main task and returns when it returns. As in Go, the program does not
 * wait for other tasks then: those still alive are dropped where they stand (their stacks are
 * released; nothing in them is run). With RT_LEAKS=1 in the environment, rt_run first lets them run
 * until each has ended or is blocked for ever, reports the blocked ones and exits with
 * RT_EXIT_LEAK. Mind what they still use: main's own variables are gone when it returns, and a
 * channel or lock on which a dropped task waited must not be used in a later run.
 *
 * Blocks the calling thread. Not to be called from a task. May be called again after it returned.
 * Returns RT_OK; RT_ENOMEM when the first stacks or threads can't be had; RT_EBUSY from within
 * another rt_run.
 * Environment: RT_PROCS=N sets the number of procs (default: rt_num_cpu()); RT_LEAKS=1 as above. */
int rt_run(void (*main_fn)(void *arg), void *arg);

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* Starts a task that runs fn(arg) (Go's `go` statement), and goes on at once; the new task runs
 * when a proc is free. The caller keeps the ownership of `arg` and must keep it alive for as long
 * as the task uses it: mind the loop variable's address.
 * Returns RT_OK, or RT_ENOMEM when there is no memory for the task. */
int rt_go_at(void (*fn)(void *arg), void *arg, rt_site here);
#define rt_go(fn, arg) rt_go_at((fn), (arg), RT_HERE_OF(#fn))

/* Lets other tasks run before this one goes on (Go's runtime.Gosched). The task goes to the end of
 * the run queue. */
void rt_yield(void);

/* Blocks the task for at least `ns` nanoseconds; other tasks run meanwhile. Zero or less: yields.
 * Returns RT_OK, or RT_ECANCELED (see Groups). */
int rt_sleep_at(int64_t ns, rt_site here);
#define rt_sleep(ns) rt_sleep_at((ns), RT_HERE)

/* Gives the running task a name for reports and pictures. `name` is kept by reference: pass a
 * literal, or memory that outlives the task. */
void rt_set_name(const char *name);

/* The number of the running task: 1 is the main task, later ones count up and are never reused. */
uint64_t rt_task_id(void);

/* The number of the proc that runs the calling task, 0 .. rt_procs(0)-1. It may have changed by the
 * time the caller looks at it. */
int rt_proc_id(void);

/* How many tasks exist: running, runnable or blocked, the caller included. */
int64_t rt_num_tasks(void);

/* ---- Looking inside -------------------------------------------------------------------------- */

/* The most kinds of waits that rt_stats tells apart. */
#define RT_STATS_WAITS 32

/* What the scheduler has done since rt_run began. */
struct rt_stats {
    int64_t tasks_started, tasks_ended;
    int64_t switches;              /* times that a proc began to run a task */
    int64_t steals;                /* tasks taken from another proc */
    int64_t stops;                 /* tasks stopped because they computed for over a slice */
    int64_t idle_ns;               /* time that workers slept for lack of work, all together: of
                                    * sleeps that have ended; 0 in virtual time */
    int64_t parks[RT_STATS_WAITS]; /* times that a task waited, by what for: rt_stats_wait */
};

/* Fills in the counters: sums over the procs, taken while they go on counting. Callable from
 * anywhere; zero outside of rt_run. */
void rt_stats_get(struct rt_stats *stats);

/* What parks[wait] counts, for example "lock mutex"; NULL for an index that isn't used. */
const char *rt_stats_wait(int wait);

/* Environment: RT_TRACE=FILE writes every scheduling event of the run to FILE in the Trace Event
 * Format (open it with https://ui.perfetto.dev). SIGQUIT (Ctrl-\\) lists all tasks on
 * standard error, with the stacks of those that wait, and ends the program. A child made by fork()
 * may call exec or _exit, nothing of this page. */

/* ---- Procs ----------------------------------------------------------------------------------- */

/* The greatest number of procs. One per CPU of the largest common servers; costs 1 KiB each. */
#define RT_MAX_PROCS 256

/* Sets how many tasks may run in parallel and returns the previous setting (Go's GOMAXPROCS).
 * n <= 0 only asks; n > RT_MAX_PROCS is taken as RT_MAX_PROCS. Takes effect before it returns; all
 * running tasks reach a scheduling point first. Callable before rt_run too: it then sets the number
 * for the next one. */
int rt_procs(int n);

/* How many CPUs this process may use: its affinity mask, cut down to the CPU quota of its control
 * group, rounded up; at least 1. Callable from anywhere. */
int rt_num_cpu(void);

/* Runs fn(arg), which may block the thread - read a file, look up a name - while the proc runs
 * other tasks. Returns when fn has returned and a proc is free. fn must not call the runtime. */
void rt_blocking_at(void (*fn)(void *arg), void *arg, rt_site here);
#define rt_blocking(fn, arg) rt_blocking_at((fn), (arg), RT_HERE_OF(#fn))

/* ---- Channels -------------------------------------------------------------------------------- */

/* A queue of values of one size between tasks (Go's chan). A NULL channel is Go's nil channel:
 * sending and receiving block for ever, and a select never chooses it. */
typedef struct rt_chan rt_chan;

/* Makes a channel for elements of `elem_size` bytes (0 is allowed: a pure signal) that buffers up
 * to `capacity` of them. Capacity 0: unbuffered - send and receive meet, and neither returns before
 * the other has come. The caller owns it: rt_chan_free. Returns NULL when out of memory. */
rt_chan *rt_chan_new_at(size_t elem_size, size_t capacity, rt_site here);
#define rt_chan_new(elem_size, capacity) rt_chan_new_at((elem_size), (capacity), RT_HERE)

/* Releases a channel; NULL is ignored. Values still buffered are dropped. Misuse while a task is
 * blocked on it. Using the channel afterwards is an error like any use after free. (Go has no such
 * call: its garbage collector does this.) Callable after rt_run too. */
void rt_chan_free_at(rt_chan *c, rt_site here);
#define rt_chan_free(c) rt_chan_free_at((c), RT_HERE_OF(#c))

/* Sends a copy of the `elem_size` bytes at `elem`. Blocks while the buffer is full (unbuffered:
 * until a receiver takes it). Values arrive in the order in which they were sent.
 * Sending on a closed channel, or on one that is closed while the send waits, is a misuse (a panic
 * in Go). Returns RT_OK, or RT_ECANCELED (see Groups): then nothing was sent. */
int rt_chan_send_at(rt_chan *c, const void *elem, rt_site here);
#define rt_chan_send(c, elem) rt_chan_send_at((c), (elem), RT_HERE_OF(#c))

/* Receives the next value into `elem` (NULL: drops it). Blocks while there is none.
 * Returns RT_OK; RT_ECLOSED when the channel is closed and all its values have been received - then
 * `elem` is filled with zeros, as Go does. So `while (rt_chan_recv(c, &v) == RT_OK)` is Go's
 * `for v := range c`. RT_ECANCELED (see Groups): nothing was received. */
int rt_chan_recv_at(rt_chan *c, void *elem, rt_site here);
#define rt_chan_recv(c, elem) rt_chan_recv_at((c), (elem), RT_HERE_OF(#c))

/* As rt_chan_send and rt_chan_recv, but never block: RT_EAGAIN when they would have to. */
int rt_chan_try_send_at(rt_chan *c, const void *elem, rt_site here);
int rt_chan_try_recv_at(rt_chan *c, void *elem, rt_site here);
#define rt_chan_try_send(c, elem) rt_chan_try_send_at((c), (elem), RT_HERE_OF(#c))
#define rt_chan_try_recv(c, elem) rt_chan_try_recv_at((c), (elem), RT_HERE_OF(#c))

/* Says that no more values will be sent. Receivers get what is buffered, then RT_ECLOSED; waiting
 * receivers wake. Only the sending side should close. Closing a closed or a NULL channel is a
 * misuse (a panic in Go). */
void rt_chan_close_at(rt_chan *c, rt_site here);
#define rt_chan_close(c) rt_chan_close_at((c), RT_HERE_OF(#c))

/* How many values are buffered now, and how many can be; 0 for NULL. The first may have changed by
 * the time the caller looks at it. */
size_t rt_chan_len(rt_chan *c);
size_t rt_chan_cap(rt_chan *c);

/* ---- Select ---------------------------------------------------------------------------------- */

enum rt_op { RT_OP_SEND, RT_OP_RECV };

/* One case of a select: an operation that may or may not be the one that happens. */
typedef struct rt_case {
    enum rt_op op;
    rt_chan *chan;    /* NULL: this case never happens */
    const void *send; /* RT_OP_SEND: the value to send */
    void *recv;       /* RT_OP_RECV: where to put the value; NULL drops it */
    int status; /* set by rt_select for the chosen case: RT_OK, or RT_ECLOSED (receive only) */
} rt_case;

#define RT_SEND(c, elem) ((rt_case){.op = RT_OP_SEND, .chan = (c), .send = (elem)})
#define RT_RECV(c, elem) ((rt_case){.op = RT_OP_RECV, .chan = (c), .recv = (elem)})

/* The most cases that one select may have: its bookkeeping lies on the task's stack. */
#define RT_SELECT_MAX 64

#define RT_NO_WAIT INT64_C(0)
#define RT_FOREVER INT64_C(-1)

/* Waits until one of the `n` cases can go on, does it, and returns its index. If several can, one
 * is chosen at random, each as likely as the others (Go's select). `timeout_ns`: RT_FOREVER waits
 * without limit; RT_NO_WAIT never blocks (Go's `default`): RT_EAGAIN when no case is ready;
 * otherwise RT_ETIMEDOUT when none was ready for that long; RT_ECANCELED (see Groups). With no case
 * that can ever happen it blocks for ever. A send case on a closed channel is a misuse if it is
 * chosen. n < 0 or n > RT_SELECT_MAX is a misuse. */
int rt_select_at(rt_case *cases, int n, int64_t timeout_ns, rt_site here);
#define rt_select(cases, n, timeout_ns) rt_select_at((cases), (n), (timeout_ns), RT_HERE)

/* ---- Synchronisation ------------------------------------------------------------------------- */

/* All of these are ready to use when zero (`rt_mutex m = {0};`), like Go's. They must not be copied
 * or moved after their first use. Their fields belong to the runtime. */

struct rt__waiter;
typedef struct rt__wait_list {
    struct rt__waiter *first, *last;
} rt__wait_list;

/* Mutual exclusion: between lock and unlock one task at a time (Go's sync.Mutex). Not recursive: a
 * task that locks twice waits for itself. Waiters are served in arrival order, though a task that
 * comes while the lock is free may take it first; one that has waited over 1 ms is served next. */
typedef struct rt_mutex {
    _Atomic(uint32_t) state;
    _Atomic(uint32_t) guard;
    rt__wait_list waiters;
    uint64_t owner;  /* task that holds it, for reports */
    rt_site held_at; /* where it was locked */
} rt_mutex;

/* Locks; blocks while another task holds it. Returns RT_OK, or RT_ECANCELED (see Groups): then it
 * is not locked. A task that is in no group need not look. */
int rt_mutex_lock_at(rt_mutex *m, rt_site here);
#define rt_mutex_lock(m) rt_mutex_lock_at((m), RT_HERE_OF(#m))
/* Locks if it is free; says whether it did. */
bool rt_mutex_try_lock_at(rt_mutex *m, rt_site here);
#define rt_mutex_try_lock(m) rt_mutex_try_lock_at((m), RT_HERE_OF(#m))
/* Unlocks. Unlocking what is not locked is a misuse. As in Go, another task than the one that
 * locked may do it. */
void rt_mutex_unlock_at(rt_mutex *m, rt_site here);
#define rt_mutex_unlock(m) rt_mutex_unlock_at((m), RT_HERE_OF(#m))

/* Waits for a group of tasks to finish (Go's sync.WaitGroup). */
typedef struct rt_wait_group {
    _Atomic(int64_t) count;
    _Atomic(uint32_t) guard;
    rt__wait_list waiters;
} rt_wait_group;

/* Adds n, which may be negative, to the counter; at zero all waiters wake. A counter below zero is
 * a misuse. Call it before the rt_go whose task will call rt_wait_group_done. */
void rt_wait_group_add_at(rt_wait_group *wg, int64_t n, rt_site here);
#define rt_wait_group_add(wg, n) rt_wait_group_add_at((wg), (n), RT_HERE_OF(#wg))
/* Takes one off the counter. */
#define rt_wait_group_done(wg) rt_wait_group_add_at((wg), -1, RT_HERE_OF(#wg))
/* Blocks until the counter is zero. Returns RT_OK, or RT_ECANCELED (see Groups): then it may not
 * be. */
int rt_wait_group_wait_at(rt_wait_group *wg, rt_site here);
#define rt_wait_group_wait(wg) rt_wait_group_wait_at((wg), RT_HERE_OF(#wg))

/* Runs a function once, however many tasks ask (Go's sync.Once). */
typedef struct rt_once {
    _Atomic(uint32_t) done;
    rt_mutex mutex;
} rt_once;

/* The first caller runs fn(arg); the others block until it has returned, then go on. Returns RT_OK,
 * or RT_ECANCELED (see Groups): then it may not have returned yet. */
int rt_once_do_at(rt_once *once, void (*fn)(void *arg), void *arg, rt_site here);
#define rt_once_do(once, fn, arg) rt_once_do_at((once), (fn), (arg), RT_HERE_OF(#once))

/* Up to `permits` tasks at a time (golang.org/x/sync/semaphore, with weight 1). Set it up with
 * `rt_semaphore s = {.permits = 3};`. */
typedef struct rt_semaphore {
    int64_t permits; /* free now; guard */
    _Atomic(uint32_t) guard;
    rt__wait_list waiters;
} rt_semaphore;

/* Takes a permit; blocks while there is none. Served in arrival order. Returns RT_OK, or
 * RT_ECANCELED (see Groups): then none was taken. */
int rt_semaphore_acquire_at(rt_semaphore *s, rt_site here);
#define rt_semaphore_acquire(s) rt_semaphore_acquire_at((s), RT_HERE_OF(#s))
/* Takes a permit if one is free; says whether it did. */
bool rt_semaphore_try_acquire_at(rt_semaphore *s, rt_site here);
#define rt_semaphore_try_acquire(s) rt_semaphore_try_acquire_at((s), RT_HERE_OF(#s))
/* Gives a permit back. Any task may. */
void rt_semaphore_release_at(rt_semaphore *s, rt_site here);
#define rt_semaphore_release(s) rt_semaphore_release_at((s), RT_HERE_OF(#s))

/* Many readers or one writer (Go's sync.RWMutex). Not recursive. Once a writer waits, new readers
 * wait behind it, so that it is not starved. */
typedef struct rt_rwmutex {
    _Atomic(uint32_t) guard;
    bool writing;
    int64_t readers;
    rt__wait_list waiters; /* in arrival order, both kinds */
} rt_rwmutex;

/* Lock for reading or for writing; block while that is not possible. Return RT_OK, or RT_ECANCELED
 * (see Groups): then it is not locked. */
int rt_rwmutex_read_lock_at(rt_rwmutex *m, rt_site here);
int rt_rwmutex_write_lock_at(rt_rwmutex *m, rt_site here);
#define rt_rwmutex_read_lock(m) rt_rwmutex_read_lock_at((m), RT_HERE_OF(#m))
#define rt_rwmutex_write_lock(m) rt_rwmutex_write_lock_at((m), RT_HERE_OF(#m))
/* Unlock. Unlocking what is not locked in that way is a misuse. */
void rt_rwmutex_read_unlock_at(rt_rwmutex *m, rt_site here);
void rt_rwmutex_write_unlock_at(rt_rwmutex *m, rt_site here);
#define rt_rwmutex_read_unlock(m) rt_rwmutex_read_unlock_at((m), RT_HERE_OF(#m))
#define rt_rwmutex_write_unlock(m) rt_rwmutex_write_unlock_at((m), RT_HERE_OF(#m))

/* Waits until something that a mutex protects has changed (Go's sync.Cond). */
typedef struct rt_cond {
    _Atomic(uint32_t) guard;
    rt__wait_list waiters;
} rt_cond;

/* Unlocks `m`, blocks until woken by a signal or broadcast, and locks `m` again. Between the
 * wake-up and the lock others may run: wait in a loop that tests the condition. Returns RT_OK, or
 * RT_ECANCELED (see Groups); `m` is locked in either case. */
int rt_cond_wait_at(rt_cond *cond, rt_mutex *m, rt_site here);
#define rt_cond_wait(cond, m) rt_cond_wait_at((cond), (m), RT_HERE_OF(#cond))
/* Wake the task that has waited longest, or all. The caller may but need not hold the mutex. */
void rt_cond_signal_at(rt_cond *cond, rt_site here);
void rt_cond_broadcast_at(rt_cond *cond, rt_site here);
#define rt_cond_signal(cond) rt_cond_signal_at((cond), RT_HERE_OF(#cond))
#define rt_cond_broadcast(cond) rt_cond_broadcast_at((cond), RT_HERE_OF(#cond))

/* ---- Groups ---------------------------------------------------------------------------------- */

/* Tasks that belong together, end together, and can be canceled together: structured concurrency,
 * after Go's errgroup and context, and Trio's nurseries. A task started by rt_group_go belongs to
 * the group; so do the tasks that it starts with rt_go, and the groups that it makes are canceled
 * with it.
 *
 * Canceling reaches every call that blocks, in every task of the group: calls that wait return
 * RT_ECANCELED, now and from then on; calls that need not wait still succeed. A task that computes
 * asks rt_canceled() now and then. Whatever a task holds it must still release: nothing is torn
 * down behind its back. */
typedef struct rt_group rt_group;

/* Makes a group, which is canceled by itself `timeout_ns` from now (RT_FOREVER: never). The caller
 * owns it: rt_group_free. NULL when out of memory. */
rt_group *rt_group_new_at(int64_t timeout_ns, rt_site here);
#define rt_group_new(timeout_ns) rt_group_new_at((timeout_ns), RT_HERE)

/* As rt_go, for a task of this group. Also RT_ECANCELED: the group is canceled, and nothing was
 * started. */
int rt_group_go_at(rt_group *group, void (*fn)(void *arg), void *arg, rt_site here);
#define rt_group_go(group, fn, arg) rt_group_go_at((group), (fn), (arg), RT_HERE_OF(#fn))

/* Cancels the group and the groups below it. Does not wait. Again: no effect. */
void rt_group_cancel_at(rt_group *group, rt_site here);
#define rt_group_cancel(group) rt_group_cancel_at((group), RT_HERE_OF(#group))

/* Blocks until all tasks of the group have ended - also when it is canceled. Returns RT_OK;
 * RT_ETIMEDOUT when its time ran out before; RT_ECANCELED when it was canceled otherwise. Not to be
 * called by a task of the group itself. */
int rt_group_wait_at(rt_group *group, rt_site here);
#define rt_group_wait(group) rt_group_wait_at((group), RT_HERE_OF(#group))

/* Releases a group; NULL is ignored. Misuse while it has tasks. */
void rt_group_free_at(rt_group *group, rt_site here);
#define rt_group_free(group) rt_group_free_at((group), RT_HERE_OF(#group))

/* Whether the calling task's group is canceled; false in no group. */
bool rt_canceled(void);

/* ---- Ticker ---------------------------------------------------------------------------------- */

/* Sends the time on a channel again and again (Go's time.Ticker). */
typedef struct rt_ticker rt_ticker;

/* Makes a ticker that sends rt_now(), an int64_t, every `period_ns`; ticks that nobody has received
 * when the next one comes are dropped. The caller owns it: rt_ticker_free. NULL when out of memory;
 * a period of zero or less is a misuse. */
rt_ticker *rt_ticker_new_at(int64_t period_ns, rt_site here);
#define rt_ticker_new(period_ns) rt_ticker_new_at((period_ns), RT_HERE)

/* The channel that it sends on; it belongs to the ticker. */
rt_chan *rt_ticker_chan(const rt_ticker *ticker);

/* Stops and releases it, with its channel; NULL is ignored. Blocks for a moment. */
void rt_ticker_free_at(rt_ticker *ticker, rt_site here);
#define rt_ticker_free(ticker) rt_ticker_free_at((ticker), RT_HERE_OF(#ticker))

/* ---- I/O ------------------------------------------------------------------------------------- */

/* Reading and writing sockets, pipes, terminals and the like, so that only the task blocks: its
 * proc runs others until the descriptor is ready (Go's network poller).
 *
 * An rt_io names an open descriptor. It is a value: copy it and pass it on freely. When the
 * descriptor has been closed, whoever still uses a copy gets RT_ECLOSED, even when a new one has
 * the same number. In each direction one task at a time may use it: one reads (or accepts) while
 * another one writes (or connects). A second reader or writer is a misuse - it would get a part of
 * the other one's data.
 *
 * Errors are RT_ECLOSED, RT_ECANCELED (see Groups), RT_ETIMEDOUT (see rt_io_deadline), and what the
 * system reports: RT_EMFILE, RT_ENOMEM, RT_EINVAL or else RT_EIO, with errno, which belongs to the
 * task. (Compilers compute the place of errno once in a function, but the task may have changed
 * threads: call a function of yours that looks at errno if you do so more than once.) */
typedef struct rt_io {
    uint64_t bits; /* the runtime's */
} rt_io;

/* Makes a handle for a descriptor: a socket, a pipe, whatever epoll can watch. It sets O_NONBLOCK
 * and FD_CLOEXEC. The handle owns the descriptor: rt_io_close or the end of rt_run closes it, so
 * give it a dup() of one that is to stay open. Returns RT_OK; RT_EINVAL for a file or directory,
 * which is always "ready" though it blocks (use rt_blocking for those) and for what is no open
 * descriptor or has a handle already; RT_ENOMEM; RT_EMFILE, for the first handle of a run takes two
 * more descriptors. On failure the descriptor still belongs to the caller, unchanged. */
int rt_io_new_at(int fd, rt_io *io, rt_site here);
#define rt_io_new(fd, io) rt_io_new_at((fd), (io), RT_HERE_OF(#fd))

/* Reads what has arrived, up to `size` bytes, and blocks while there is nothing. Returns how many
 * bytes it read, 0 at the end of the stream (or when `size` is 0), or an error code. */
int64_t rt_io_read_at(rt_io io, void *buffer, size_t size, rt_site here);
#define rt_io_read(io, buffer, size) rt_io_read_at((io), (buffer), (size), RT_HERE_OF(#io))

/* Writes all `size` bytes, and blocks while there is no room for them. Returns RT_OK or an error
 * code: then an unknown part has been written, and all that is left to do is to close it. When
 * nobody reads the other end any more, that is RT_EIO with errno EPIPE, and never the signal
 * SIGPIPE. */
int rt_io_write_at(rt_io io, const void *buffer, size_t size, rt_site here);
#define rt_io_write(io, buffer, size) rt_io_write_at((io), (buffer), (size), RT_HERE_OF(#io))

/* Sets until when, by rt_now(), reads (and accepts), and until when writes (and connects) may take;
 * RT_FOREVER, the default, removes the limit. It holds for calls that are blocked now and for all
 * later ones: from that time on they return RT_ETIMEDOUT, until the limit is set anew. Returns
 * RT_OK or RT_ECLOSED. */
int rt_io_deadline_at(rt_io io, int64_t read_ns, int64_t write_ns, rt_site here);
#define rt_io_deadline(io, read_ns, write_ns)                                                      \
    rt_io_deadline_at((io), (read_ns), (write_ns), RT_HERE_OF(#io))

/* Closes the descriptor. Tasks that are blocked in a call on it get RT_ECLOSED, as do all later
 * calls. Returns RT_OK, or RT_ECLOSED if it was closed before. */
int rt_io_close_at(rt_io io, rt_site here);
#define rt_io_close(io) rt_io_close_at((io), RT_HERE_OF(#io))

/* The descriptor, for setsockopt and the like, or RT_ECLOSED. Do not close it, and do not keep it:
 * once the handle is closed its number may be somebody else's. */
int rt_io_fd_at(rt_io io, rt_site here);
#define rt_io_fd(io) rt_io_fd_at((io), RT_HERE_OF(#io))

/* Accepts a connection on a listening socket; blocks until there is one. Returns RT_OK and a handle
 * for the connection, which the caller owns, or an error code. RT_EMFILE loses nothing: the
 * connection stays queued until there is a descriptor for it. */
int rt_io_accept_at(rt_io listener, rt_io *connection, rt_site here);
#define rt_io_accept(listener, connection)                                                         \
    rt_io_accept_at((listener), (connection), RT_HERE_OF(#listener))

/* Connects a socket to an address, as connect(2); blocks until it is connected or has failed.
 * Returns RT_OK or an error code; RT_EAGAIN when the queue of a Unix domain socket is full. Then
 * the socket can only be closed. */
struct sockaddr;
int rt_io_connect_at(rt_io io, const struct sockaddr *address, size_t length, rt_site here);
#define rt_io_connect(io, address, length)                                                         \
    rt_io_connect_at((io), (address), (length), RT_HERE_OF(#io))

/* TCP by numeric address, such as "127.0.0.1" (this machine), "0.0.0.0" (listen: from everywhere),
 * "::1". For a name, call getaddrinfo in an rt_blocking first. Small messages go out at once
 * (TCP_NODELAY).
 *   rt_io_listen_tcp makes a handle that accepts connections on the port; 0: one that is free, which
 *     rt_io_port tells. Returns RT_OK or an error code; RT_EINVAL when it is no address or port.
 *   rt_io_dial_tcp makes a connection; blocks until it is there. The same results.
 *   rt_io_port returns the port of this end, or an error code. */
int rt_io_listen_tcp_at(const char *host, int port, rt_io *listener, rt_site here);
int rt_io_dial_tcp_at(const char *host, int port, rt_io *connection, rt_site here);
int rt_io_port_at(rt_io io, rt_site here);
#define rt_io_listen_tcp(host, port, listener)                                                     \
    rt_io_listen_tcp_at((host), (port), (listener), RT_HERE_OF(#host))
#define rt_io_dial_tcp(host, port, connection)                                                     \
    rt_io_dial_tcp_at((host), (port), (connection), RT_HERE_OF(#host))
#define rt_io_port(io) rt_io_port_at((io), RT_HERE_OF(#io))

#ifdef __cplusplus
}
#endif

#endif
